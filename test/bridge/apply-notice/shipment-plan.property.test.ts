import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isNewLabel, readKeptPlan, readWrittenLabel } from '../../../src/bridge/apply-notice/kept-plan.ts';
import { planShipment } from '../../../src/bridge/apply-notice/shipment-plan.ts';
import { NOT_A_PRODUCT } from '../../../src/bridge/not-a-product.ts';
import { aNotice, aNoticeItem, anOrderToShip } from '../plain-orders.ts';
import { anyItems, anyLines, unitsLeft } from './any-shipment.ts';
import { amounts, PARTLY, RULES, shipped } from './plan-of-notice.ts';

const total = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);

describe('for any order and any notice', () => {
  const anyNotice = fc.option(anyItems, { nil: undefined }).map((items) => aNotice({ items }));
  const anyOrder = anyLines.map((lines) => anOrderToShip({ lines }));

  test('never more than is left of a line is shipped, and nothing of a download', () => {
    fc.assert(
      fc.property(anyOrder, anyNotice, (order, notice) => {
        const decided = planShipment(notice, order, RULES);
        fc.pre(decided.kind === 'ship');
        const byId = new Map(order.lines.map((line) => [line.itemId, line]));
        for (const { itemId, productId, amount } of decided.plan.items) {
          const line = byId.get(itemId);
          expect(line?.productId).toBe(productId);
          expect(Number.isInteger(amount) && amount > 0).toBe(true);
          expect(amount).toBeLessThanOrEqual(line ? unitsLeft(line) : 0);
        }
        expect(new Set(decided.plan.items.map((item) => item.itemId)).size).toBe(decided.plan.items.length);
        expect(decided.plan.items.length).toBeGreaterThan(0);
      }),
    );
  });

  test('the plan is read again as it was kept', () => {
    fc.assert(
      fc.property(anyOrder, anyNotice, fc.nat(), (order, notice, latestShipmentId) => {
        const decided = planShipment(notice, order, PARTLY);
        fc.pre(decided.kind === 'ship');
        const plan = { ...decided.plan, latestShipmentId };
        const kept = JSON.stringify(plan);
        expect(readKeptPlan(kept)).toEqual(plan);
        expect(readWrittenLabel(kept)?.shipment.comments).toBe(plan.shipment.comments);
        expect(isNewLabel(kept)).toBe(false);
      }),
    );
  });

  test('never more than the notice says is shipped', () => {
    fc.assert(
      fc.property(anyOrder, anyItems, (order, items) => {
        const decided = planShipment(aNotice({ items }), order, RULES);
        const planned = decided.kind === 'ship' ? total(decided.plan.items.map((item) => item.amount)) : 0;
        expect(planned).toBeLessThanOrEqual(total(items.map((item) => item.quantity)));
      }),
    );
  });

  test('no unit is dropped in silence', () => {
    fc.assert(
      fc.property(anyOrder, anyItems, (order, items) => {
        const decided = planShipment(aNotice({ items }), order, RULES);
        fc.pre(decided.kind === 'ship');
        const named = items.filter((item) => !item.lineItemId.startsWith(NOT_A_PRODUCT));
        const isWhole =
          total(decided.plan.items.map((item) => item.amount)) === total(named.map((item) => item.quantity));
        expect(isWhole || decided.plan.needsAttention).toBe(true);
      }),
    );
  });

  test('a notice without items ships what is left, and the order is shipped', () => {
    fc.assert(
      fc.property(anyOrder, (order) => {
        const decided = planShipment(aNotice(), order, RULES);
        const open = order.lines.filter((line) => unitsLeft(line) > 0);
        if (open.length === 0) expect(decided.kind).not.toBe('ship');
        else {
          expect(decided).toMatchObject({
            kind: 'ship',
            plan: {
              items: open.map((line) => ({ itemId: line.itemId, amount: unitsLeft(line) })),
              move: { from: 'P', to: 'C' },
              needsAttention: false,
            },
          });
        }
      }),
    );
  });

  /** An order with, for each line, how much of what is left a box holds. */
  const partOfAnOrder = anyLines.chain((lines) =>
    fc.tuple(
      fc.constant(lines),
      fc.tuple(...lines.map((line) => fc.nat({ max: unitsLeft(line) }))).map((quantities) => [...quantities]),
      fc.func(fc.nat()),
    ),
  );

  test('every unit of a notice that names lines is shipped, in any sequence and cut into any items', () => {
    fc.assert(
      fc.property(partOfAnOrder, ([lines, quantities, random]) => {
        fc.pre(total(quantities) > 0);
        const items = lines
          .flatMap((line, index) => {
            const quantity = quantities[index] ?? 0;
            const first = quantity > 1 ? random(index) % quantity : 0;
            return [first, quantity - first].map((part) => ({ line, part }));
          })
          .filter(({ part }) => part > 0)
          .map(({ line, part }) =>
            aNoticeItem({ lineItemId: String(line.itemId), sku: line.sku, quantity: part }),
          )
          .sort((a, b) => random(a) - random(b));
        const plan = shipped({ items }, { lines });
        expect(amounts(plan)).toEqual(
          lines.flatMap((line, index) =>
            (quantities[index] ?? 0) > 0 ? [[line.itemId, quantities[index]]] : [],
          ),
        );
        const isAll = lines.every((line, index) => unitsLeft(line) === quantities[index]);
        expect(plan.move).toEqual(isAll ? { from: 'P', to: 'C' } : undefined);
        expect(plan.needsAttention).toBe(false);
      }),
    );
  });

  test('every unit of a notice that names SKUs alone is shipped of the lines that share them', () => {
    fc.assert(
      fc.property(partOfAnOrder, ([lines, quantities]) => {
        const withSku = lines
          .map((line, index) => ({ line, quantity: quantities[index] ?? 0 }))
          .filter(({ line, quantity }) => line.sku !== '' && quantity > 0);
        fc.pre(withSku.length > 0);
        const items = withSku.map(({ line, quantity }) =>
          aNoticeItem({ sku: line.sku.slice(0, 50), quantity }),
        );
        const plan = shipped({ items }, { lines });
        for (const sku of new Set(withSku.map(({ line }) => line.sku))) {
          const ids = lines.filter((line) => line.sku === sku).map((line) => line.itemId);
          expect(
            total(plan.items.filter(({ itemId }) => ids.includes(itemId)).map(({ amount }) => amount)),
          ).toBe(total(withSku.filter(({ line }) => line.sku === sku).map(({ quantity }) => quantity)));
        }
        expect(plan.needsAttention).toBe(false);
      }),
    );
  });

  test('several notices together never ship more than was ordered, and the last one ships the rest', () => {
    fc.assert(
      fc.property(anyLines, fc.array(anyItems, { maxLength: 5 }), (lines, notices) => {
        let order = anOrderToShip({ lines });
        for (const items of [...notices, undefined]) {
          const decided = planShipment(aNotice({ items }), order, PARTLY);
          if (decided.kind !== 'ship') continue;
          const { plan } = decided;
          const added = new Map(plan.items.map((item) => [item.itemId, item.amount]));
          order = {
            ...order,
            status: plan.move?.to ?? order.status,
            lines: order.lines.map((line) => ({
              ...line,
              shipped: line.shipped + (added.get(line.itemId) ?? 0),
            })),
          };
          const isCovered = order.lines.every((line) => unitsLeft(line) === 0);
          expect(order.status).toBe(isCovered ? 'C' : 'A');
        }
        for (const [index, line] of order.lines.entries()) {
          const before = lines[index]?.shipped ?? 0;
          expect(line.shipped).toBe(line.needsShipping ? Math.max(line.ordered, before) : before);
        }
      }),
    );
  });
});
