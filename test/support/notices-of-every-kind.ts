import type { Store } from './store/store.ts';
import type { TestBridge } from './test-bridge.ts';

/** Numbers of notices and of their orders, by what became of each. */
export type EveryKind = Readonly<Record<Kind, { readonly noticeId: number; readonly orderId: number }>>;

type Kind =
  | 'applied'
  | 'unmatched'
  | 'unreadable'
  | 'unknownOrder'
  | 'nothingLeft'
  | 'halfWritten'
  | 'waiting';

export const NOTE_TO_BUYER = 'Ring twice, please.';

/** Has ShipStation send one notice of every kind, in the order of {@link Kind}: the first has the number 1. */
export async function sendEveryKind(store: Store, bridge: TestBridge): Promise<EveryKind> {
  const lines = [
    { sku: 'MUG', name: 'Mug', quantity: 2 },
    { sku: 'SHIRT', name: 'Shirt', quantity: 3 },
  ];
  const placed = await store.addOrders([{ lines }, { lines }, { lines }, { lines, status: 'N' }]);
  const [first = 0, second = 0, third = 0, fourth = 0] = placed.map(({ orderId }) => orderId);
  const send = async (orderNumber: string, trackingNumber: string, more = {}) => {
    const label = { orderNumber, carrier: 'UPS', service: 'UPS Ground', trackingNumber, ...more };
    await bridge.shipstation.label({ items: [{ sku: 'MUG', name: 'Mug', quantity: 2 }], ...label });
  };

  await send(String(first), '1ZAPPLIED', { notesToCustomer: NOTE_TO_BUYER });
  await send(String(second), '1ZUNMATCHED', { items: [{ sku: 'CAP', name: 'Cap', quantity: 1 }] });
  await send(String(second), '1ZUNREADABLE', { items: [{ sku: 'MUG', name: 'Mug', quantity: 0.5 }] });
  await send('999999', '1ZUNKNOWN');
  await send(String(first), '1ZAGAIN');
  await store.run(
    `create trigger no_items before insert on ${store.table('shipment_items')} for each row
       signal sqlstate '45000' set mysql_errno = 1205`,
  );
  await send(String(third), '1ZHALF');
  await store.run('drop trigger no_items');
  await send(String(fourth), '1ZWAITS');
  const kinds = [
    ['applied', first],
    ['unmatched', second],
    ['unreadable', second],
    ['unknownOrder', 999_999],
    ['nothingLeft', first],
    ['halfWritten', third],
    ['waiting', fourth],
  ] as const;
  return Object.fromEntries(
    kinds.map(([kind, orderId], index) => [kind, { noticeId: index + 1, orderId }]),
  ) as EveryKind; // every kind stands above
}
