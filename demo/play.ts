import { LEFT_OUT_REASONS, type LeftOutReason } from '../src/bridge/export-orders/left-out.ts';
import { bold, dim, say, table } from '../src/commands/terminal.ts';
import type { LeftOutSummary } from '../src/ledger/exports.ts';
import type { ImportedOrder } from '../test/support/imported-order.ts';
import type { SampleStore } from '../test/support/sample-store.ts';
import { createShipStation, type ShipStation } from '../test/support/shipstation-client.ts';
import type { Store } from '../test/support/store/store.ts';
import { check, step } from './checks.ts';

export interface Stage {
  readonly store: Store;
  readonly sample: SampleStore;
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

const DAY_MS = 24 * 3600 * 1000;
const FIRST_SHOWN = 5;
const LAST_SHOWN = 20;
const MOST_OPTIONS_SHOWN = 3;

/** Plays ShipStation against the running bridge. Throws `DemoFailed` or `StoreError` at the first thing that is wrong. */
export async function play(stage: Stage): Promise<void> {
  const shipstation = createShipStation(stage);

  step('Connect: what a merchant types into ShipStation (Store Setup → Custom Store)');
  say(
    table(
      ['field', 'value'],
      [
        ['URL to custom XML page', stage.url],
        ['Username', stage.username],
        ['Password', stage.password],
        ['Unpaid / Paid / Shipped', 'unpaid / paid / shipped'],
        ['Cancelled / On-Hold', 'cancelled / on_hold'],
      ],
    ),
  );
  const tested = await shipstation.testConnection();
  check(
    `Test Connection: ${tested.status}, ${tested.body.split('\n').at(-1)?.trim()}`,
    tested.status === 200,
  );

  await importOrders(shipstation, stage);
  await shipWhole(shipstation, stage);
  await shipPart(shipstation, stage);
  await importAgain(shipstation, stage);
}

async function importOrders(shipstation: ShipStation, { store, sample }: Stage): Promise<void> {
  step('Import: ShipStation asks for the orders of the last 31 days, page by page');
  const { pages, orders } = await shipstation.poll({
    start: new Date(Date.now() - 31 * DAY_MS),
    end: new Date(),
  });
  check(`${orders} orders on ${pages} pages, each page valid against the XSD`, orders > 0 && pages > 1);
  const imported = [...shipstation.orders.values()];
  check('items + adjustments + shipping + tax = total, to the cent, in every order', imported.every(addsUp));
  say();
  const hidden = imported.length - FIRST_SHOWN - LAST_SHOWN;
  say(orderTable(imported.slice(0, FIRST_SHOWN)));
  say(dim(`   … and ${hidden} more …`));
  say(orderTable(imported.slice(-LAST_SHOWN)));
  await showLeftOut(store, sample.orders - orders);
  say();
  say('   Three of them, as ShipStation has them:');
  for (const name of ['variation', 'bundle', 'manyOptions'] as const) {
    showDetails(shipstation.orders.get(String(sample.unusual[name])));
  }
}

function showDetails(order: ImportedOrder | undefined): void {
  if (!order) {
    check('the order is in ShipStation', false);
    return;
  }
  const { Name, City, State, Country } = order.ShipTo;
  say(
    `   ${bold(`order ${order.OrderNumber}`)}: ${Name}, ${[City, State, Country].filter(Boolean).join(', ')}`,
  );
  for (const item of order.Items) {
    const weight = item.Weight === undefined ? '' : `, ${item.Weight} ${item.WeightUnits} each`;
    say(`     ${item.Quantity} × ${item.Name} at ${item.UnitPrice}${weight}`);
    for (const { Name, Value } of item.Options.slice(0, MOST_OPTIONS_SHOWN))
      say(dim(`         ${Name}: ${Value}`));
    const more = item.Options.length - MOST_OPTIONS_SHOWN;
    if (more > 0) say(dim(`         … and ${more} more options`));
  }
  if (order.InternalNotes) say(dim(`     internal note: ${order.InternalNotes}`));
}

function orderTable(orders: readonly ImportedOrder[]): string {
  return table(
    ['order', 'status', 'ship to', '', 'items', 'total', 'method'],
    orders.map((order) => [
      order.OrderNumber,
      order.OrderStatus ?? '',
      order.ShipTo.Name ?? '',
      order.ShipTo.Country ?? '',
      String(order.Items.length),
      `${order.OrderTotal} ${order.CurrencyCode}`,
      order.ShippingMethod ?? '',
    ]),
  );
}

/** Every order of the store is in ShipStation, or its reason is known. */
async function showLeftOut(store: Store, missing: number): Promise<void> {
  const [kept] = await store.query<{ leftOut: string }>(
    `select left_out as leftOut from ${store.prefix}shipstation_exports order by export_id desc limit 1`,
  );
  const leftOut = JSON.parse(kept?.leftOut ?? '{}') as LeftOutSummary;
  const reasons = Object.entries(leftOut).map(([reason, { count, examples }]) => ({
    reason,
    count,
    examples,
  }));
  say();
  say(`   The other ${missing} orders of the store are not sent. The bridge keeps why:`);
  say(
    table(
      ['count', 'reason', 'orders'],
      reasons.map(({ reason, count, examples }) => [
        String(count),
        LEFT_OUT_REASONS[reason as LeftOutReason],
        examples.join(', '),
      ]),
    ),
  );
  const explained = reasons.reduce((sum, { count }) => sum + count, 0);
  check('no order is missing without a reason', explained === missing);
}

function addsUp(order: ImportedOrder): boolean {
  const cents = (text: string | undefined) => Math.round(Number(text) * 100);
  const items = order.Items.reduce((sum, item) => sum + cents(item.UnitPrice) * Number(item.Quantity), 0);
  return items + cents(order.ShippingAmount) + cents(order.TaxAmount) === cents(order.OrderTotal);
}

async function shipWhole(shipstation: ShipStation, { store, sample }: Stage): Promise<void> {
  const orderId = sample.wholeShipmentOrderId;
  step(`A label for the whole of order ${orderId}`);
  await showOrder(store, orderId, 'before');
  const label = {
    orderNumber: String(orderId),
    carrier: 'UPS',
    service: 'UPS® Ground',
    trackingNumber: '1Z999AA10123456784',
    notesToCustomer: 'Your parcel is on its way.',
  };
  const answer = await shipstation.label(label);
  check(`ShipStation's notice: ${answer.status} ${answer.body.trim()}`, answer.status === 200);
  await showOrder(store, orderId, 'after');
  const [shipment, ...others] = await store.shipments(orderId);
  check(
    'one shipment with the tracking number is in the store',
    shipment?.trackingNumber === label.trackingNumber && others.length === 0,
  );
  check('the order is complete', (await store.order(orderId)).status === 'C');
  const repeated = await shipstation.label(label);
  check(`the same notice again: ${repeated.status} ${repeated.body.trim()}`, repeated.status === 200);
  check('still one shipment', (await store.shipments(orderId)).length === 1);
}

async function shipPart(shipstation: ShipStation, { store, sample }: Stage): Promise<void> {
  const orderId = sample.partialShipmentOrderId;
  step(`A label for one unit of order ${orderId}`);
  await showOrder(store, orderId, 'before');
  const item = shipstation.orders.get(String(orderId))?.Items[0];
  const answer = await shipstation.label({
    orderNumber: String(orderId),
    carrier: 'OnTrac',
    service: 'Ground',
    trackingNumber: 'D10011354453707',
    items: [
      { lineItemId: item?.LineItemID ?? '', sku: item?.SKU ?? '', name: item?.Name ?? '', quantity: 1 },
    ],
  });
  check(`ShipStation's notice: ${answer.status} ${answer.body.trim()}`, answer.status === 200);
  await showOrder(store, orderId, 'after');
  const [shipment] = await store.shipments(orderId);
  check('the shipment holds one unit', shipment?.items.reduce((sum, { amount }) => sum + amount, 0) === 1);
  check(
    'the store does not know OnTrac: no carrier code, but its name and a link in the comment',
    shipment?.carrier === '' && /OnTrac[\s\S]*https:/.test(shipment.comments ?? ''),
  );
  check(
    'the order stays as it was: some of it is still to ship',
    (await store.order(orderId)).status === 'P',
  );
}

async function importAgain(shipstation: ShipStation, { sample }: Stage): Promise<void> {
  step('The next poll');
  await shipstation.poll({ start: new Date(Date.now() - 60_000), end: new Date() });
  const order = shipstation.orders.get(String(sample.wholeShipmentOrderId));
  check(
    `ShipStation now has order ${sample.wholeShipmentOrderId} as "${order?.OrderStatus}"`,
    order?.OrderStatus === 'shipped',
  );
}

async function showOrder(store: Store, orderId: number, when: string): Promise<void> {
  const { status } = await store.order(orderId);
  const shipments = await store.shipments(orderId);
  say(
    `   ${bold(when)}: order ${orderId} has status ${status} and ${shipments.length || 'no'} shipment${shipments.length === 1 ? '' : 's'}`,
  );
  for (const { shipmentId, carrier, trackingNumber, items, comments } of shipments) {
    const units = items.reduce((sum, { amount }) => sum + amount, 0);
    say(
      `     shipment ${shipmentId}: ${units} unit${units === 1 ? '' : 's'}, carrier "${carrier}", tracking number ${trackingNumber}`,
    );
    for (const line of (comments ?? '').split('\n')) say(dim(`       ${line}`));
  }
}
