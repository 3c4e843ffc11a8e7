import fc from 'fast-check';
import { NOT_A_PRODUCT } from '../../../src/bridge/not-a-product.ts';
import type { LineToShip } from '../../../src/cscart/shipments/order-to-ship.ts';
import type { NoticeItem } from '../../../src/shipstation/ship-notice.ts';
import { aLineToShip } from '../plain-orders.ts';

// Few of each, so that lines share them often.
const skus = fc.constantFrom('', 'MUG', 'MUG-2', 'TEE', 'x'.repeat(60));
const names = fc.constantFrom('', 'Stone mug', 'Cotton tee', 'Poster');

/** Lines of one order: repeated and empty SKUs, downloads, lines that are shipped in part, wholly, or more than that. */
export const anyLines: fc.Arbitrary<LineToShip[]> = fc
  .array(
    fc.record({
      sku: skus,
      name: names,
      ordered: fc.nat({ max: 6 }),
      shipped: fc.oneof(fc.constant(0), fc.nat({ max: 8 })),
      needsShipping: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, fc.boolean()),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((lines) =>
    lines.map((line, index) => aLineToShip({ ...line, itemId: 101 + index, productId: 17 + index })),
  );

/** Items of which some name a line, by id, SKU or name, and some name none. */
export const anyItems: fc.Arbitrary<NoticeItem[]> = fc.array(
  fc.record({
    lineItemId: fc.oneof(
      fc.constant(''),
      fc.integer({ min: 100, max: 108 }).map(String),
      fc.constant(`${NOT_A_PRODUCT}surcharge`),
    ),
    sku: fc.oneof(skus, fc.constant('ELSEWHERE')),
    name: fc.oneof(names, fc.constant('Something else')),
    quantity: fc.integer({ min: 1, max: 9 }),
  }),
  { maxLength: 8 },
);

/** How many units of a line are left, said again in other words than the source's. */
export function unitsLeft(line: LineToShip): number {
  if (!line.needsShipping || line.shipped > line.ordered) return 0;
  return line.ordered - line.shipped;
}
