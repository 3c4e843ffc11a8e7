import { expect, it } from 'vitest';
import { mapOrders } from '../../../src/bridge/export-orders/map-orders.ts';
import type { Log } from '../../../src/bridge/log.ts';
import { createOrderId } from '../../../src/values/order-id.ts';
import { mappingRules } from '../a-store.ts';
import { aStoreOrder } from '../plain-orders.ts';

it('an order that cannot be written is left out, and those beside it are written', () => {
  const second = createOrderId(8);
  const logged: unknown[] = [];
  const log: Log = { info() {}, warn() {}, error: (line) => void logged.push(line) };
  const broken = new TypeError('nobody has thought of this');
  const read = [7, 8, 9].map((number) => aStoreOrder({ orderId: createOrderId(number) }));
  const mapped = mapOrders(read, mappingRules(), log, ({ orderId }) => {
    if (orderId === '8') throw broken;
    return `written ${orderId}`;
  });
  expect(mapped.orders).toEqual(['written 7', 'written 9']);
  expect(mapped.leftOut).toEqual([{ orderId: second, reason: 'unreadable' }]);
  expect(logged).toEqual([{ event: 'order.failed', orderId: second, err: broken }]);
});
