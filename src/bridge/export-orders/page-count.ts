import { MOST_PAGES } from '../../shipstation/field-limits.ts';

/** How many orders a page of a window has: more than configured where there would be more pages than the format knows. */
export function pageSizeOf(orders: number, configured: number): number {
  return Math.max(configured, Math.ceil(orders / MOST_PAGES));
}

/** How many pages a window has, at least one: an empty window is answered as well. */
export function pagesOf(orders: number, pageSize: number): number {
  return Math.max(Math.ceil(orders / pageSize), 1);
}
