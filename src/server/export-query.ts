import type { ExportRequest } from '../bridge/export-orders/export-request.ts';
import { parseWindowDate } from '../shipstation/dates.ts';
import { PROBLEMS } from './http-problem.ts';
import type { QueryParameters } from './query-parameters.ts';

/**
 * Reads the query of an export. Without any date it is ShipStation's *Test Connection*: `undefined`. Throws the 400 that
 * names the parameter.
 */
export function readExportQuery(query: QueryParameters): ExportRequest | undefined {
  // The add-on that the bridge replaces sent the orders of this vendor alone: to pass over it would send everybody's.
  if (query.first('vendor') !== undefined)
    throw PROBLEMS.badParameter(
      'vendor',
      'is not known here: the setting ORDER_VENDORS says whose orders are sent',
    );
  const startText = query.text('start_date');
  const endText = query.text('end_date');
  if (startText === undefined && endText === undefined) return undefined;
  const start = readDate('start_date', startText);
  const end = readDate('end_date', endText);
  if (end < start) throw PROBLEMS.badParameter('end_date', 'is before start_date');
  return { start, end, page: readPage(query.text('page')) };
}

function readDate(name: string, text: string | undefined) {
  if (text === undefined) throw PROBLEMS.badParameter(name, 'is missing');
  const instant = parseWindowDate(text);
  if (instant === undefined) throw PROBLEMS.badParameter(name, 'must be a UTC date like 03/31/2026 14:05');
  return instant;
}

function readPage(text: string | undefined): number {
  if (text === undefined) return 1;
  // Six digits are more pages than the format knows.
  if (!/^0*[1-9]\d{0,5}$/.test(text)) throw PROBLEMS.badParameter('page', 'must be a whole number from 1');
  return Number(text);
}
