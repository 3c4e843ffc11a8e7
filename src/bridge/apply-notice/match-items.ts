import type { LineToShip } from '../../cscart/shipments/order-to-ship.ts';
import { cutText, ITEM_LIMITS, shortenText } from '../../shipstation/field-limits.ts';
import type { NoticeItem } from '../../shipstation/ship-notice.ts';
import { cleanText } from '../../shipstation/xml-text.ts';
import { NOT_A_PRODUCT } from '../not-a-product.ts';

/** What a notice names, though nothing of it is left to ship: units by item id, or everything. */
export type NamedUnits = ReadonlyMap<number, number> | 'all';

/** How much of which line a notice says was shipped. */
export interface MatchedItems {
  /** By item id; more than what is left where the notice says so. */
  readonly wanted: ReadonlyMap<number, number>;
  /** Items that are no line of the order: added in ShipStation, or edited away in the shop. */
  readonly unmatched: readonly NoticeItem[];
}

/**
 * Finds the lines that a notice means: by LineItemID, else by SKU, else by a name that only one line has. Lines that
 * share a SKU are filled one after the other, up to what is left of each. The fees that the bridge adds to an export
 * are no lines and are passed over.
 */
export function matchItems(items: readonly NoticeItem[], lines: readonly LineToShip[]): MatchedItems {
  const wanted = new Map<number, number>();
  const add = (line: LineToShip, quantity: number) => {
    if (quantity > 0) wanted.set(line.itemId, (wanted.get(line.itemId) ?? 0) + quantity);
  };
  const left = (line: LineToShip) => Math.max(leftOfLine(line) - (wanted.get(line.itemId) ?? 0), 0);

  const byItemId = new Map(lines.map((line) => [String(line.itemId), line]));
  const bySku = groupBy(lines, (line) => exportedSku(line.sku));
  const byName = groupBy(lines, (line) => comparable(line.name));

  // The surest key first for all items, so that an item without an id does not take what another one names.
  const withoutId = items.filter((item) => {
    if (item.lineItemId.startsWith(NOT_A_PRODUCT)) return false;
    const line = byItemId.get(item.lineItemId);
    if (line) add(line, item.quantity);
    return line === undefined;
  });
  const unmatched = withoutId.filter((item) => {
    const sameName = byName.get(comparable(item.name)) ?? [];
    const sameSku = item.sku === '' ? undefined : bySku.get(exportedSku(item.sku));
    // Long SKUs can share what an export sends of them: then the name says which line comes first.
    const inTurn = sameSku && [
      ...sameSku.filter((line) => sameName.includes(line)),
      ...sameSku.filter((line) => !sameName.includes(line)),
    ];
    const candidates = inTurn ?? (sameName.length === 1 && item.name !== '' ? sameName : []);
    let quantity = item.quantity;
    for (const [index, line] of candidates.entries()) {
      // What no line has left stays with the last one, where it is seen and clipped.
      const share = index === candidates.length - 1 ? quantity : Math.min(quantity, left(line));
      add(line, share);
      quantity -= share;
    }
    return candidates.length === 0;
  });
  return { wanted, unmatched };
}

/** How many units of a line have not been shipped yet. */
export function leftOfLine(line: LineToShip): number {
  return line.needsShipping ? Math.max(line.ordered - line.shipped, 0) : 0;
}

/** A SKU as an export could send it, and a notice brings it back: cleaned, cut and trimmed. */
function exportedSku(sku: string): string {
  return cutText(cleanText(sku), ITEM_LIMITS.SKU).trim();
}

/** A name as far as an export could send it; its white space may be folded on the way back. */
function comparable(name: string): string {
  return shortenText(cleanText(name), ITEM_LIMITS.Name).replace(/\s+/g, ' ').trim().toLowerCase();
}

function groupBy<Key>(
  lines: readonly LineToShip[],
  keyOf: (line: LineToShip) => Key,
): Map<Key, LineToShip[]> {
  const groups = new Map<Key, LineToShip[]>();
  for (const line of lines) groups.set(keyOf(line), [...(groups.get(keyOf(line)) ?? []), line]);
  return groups;
}
