import { describe, expect, it } from 'vitest';
import type { PlainOrder } from '../support/store/plain-order.ts';
import { exportingStore } from './exporting-store.ts';

/** Open, Paid, Complete, Canceled and Backordered: one for each of ShipStation's statuses. */
const ORDERS: readonly PlainOrder[] = ['O', 'P', 'C', 'I', 'B'].map((status) => ({ status }));
const ON_HOLD = { STATUS_ON_HOLD: 'Backordered' };

describe('an order’s status is told', () => {
  const shop = exportingStore({ version: '4.18.2 M' });
  const wordsWith = async (environment: Readonly<Record<string, string>>) =>
    (await shop.exportAll(ORDERS, { ...ON_HOLD, ...environment })).orders.map((order) => order?.OrderStatus);

  it('in the words of the Custom Store form', async () => {
    expect(await wordsWith({})).toEqual(['unpaid', 'paid', 'shipped', 'cancelled', 'on_hold']);
  });

  it('in the words of the CS-Cart tile, where one on hold is not to be shipped either', async () => {
    expect(await wordsWith({ STATUS_WORDS: 'cs-cart' })).toEqual([
      'pending',
      'processed',
      'shipped',
      'canceled',
      'pending',
    ]);
  });

  it('in either words when they are filtered by what they mean', async () => {
    const environment = { STATUS_WORDS: 'cs-cart', ORDER_EXPORT_STATUSES: 'paid, cancelled' };
    expect(await wordsWith(environment)).toEqual([undefined, 'processed', undefined, 'canceled', undefined]);
  });
});
