import type { Order } from '../../cscart/orders/order.ts';
import { readOrders } from '../../cscart/orders/read-orders.ts';
import { readRecentOrders } from '../../cscart/orders/recent-orders.ts';
import type { Store } from '../../cscart/store/store.ts';
import type { Queryable } from '../../database/database.ts';
import type { EpochSeconds } from '../../values/epoch-seconds.ts';
import type { OrderId } from '../../values/order-id.ts';
import { chooseOrders } from '../export-orders/choose-orders.ts';
import type { ExportDependencies } from '../export-orders/export-request.ts';
import type { LeftOut } from '../export-orders/left-out.ts';
import { mapOrders, mappingRules } from '../export-orders/map-orders.ts';
import type { Log, LogLine } from '../log.ts';

/** What the newest orders would come to if ShipStation asked for them now. */
export interface OrderSurvey {
  /** Orders placed since, up to {@link MOST_LOOKED_AT}; hidden ones included. */
  readonly looked: number;
  /** Whether there are more than were looked at. */
  readonly isPart: boolean;
  readonly sent: number;
  readonly leftOut: readonly LeftOut[];
  /** Of those that would be sent. */
  readonly damaged: readonly OrderId[];
  readonly cut: readonly OrderId[];
  /** Lines of goods without an SKU, by product id and name as ordered, with the orders. */
  readonly withoutSku: readonly SurveyedProduct[];
  /** SKUs that several products have. */
  readonly sharedSkus: readonly { readonly sku: string; readonly products: readonly SurveyedProduct[] }[];
  readonly withoutWeight: readonly SurveyedProduct[];
}

/** A product as the lines of orders name it. */
export interface SurveyedProduct {
  readonly productId: number;
  readonly name: string;
  /** The newest order that has it. */
  readonly orderId: OrderId;
}

// Some seconds of a shop with a thousand orders a day; a page at a time, as an export reads them.
const MOST_LOOKED_AT = 2000;
const SLICE = 100;

/** Reads and maps the newest orders placed since, as an export would, and changes nothing. Throws as `readOrders` does. */
export async function surveyOrders(
  database: Queryable,
  store: Store,
  { statuses, config }: Pick<ExportDependencies, 'statuses' | 'config'>,
  since: EpochSeconds,
): Promise<OrderSurvey> {
  const rules = mappingRules({ statuses, config }, store);
  const recent = await readRecentOrders(database, store, since, MOST_LOOKED_AT + 1);
  const looked = recent.slice(0, MOST_LOOKED_AT);
  const { chosen, leftOut } = chooseOrders(looked, rules.meanings, config.filters, store);
  const all: LeftOut[] = [...leftOut];
  const cut: OrderId[] = [];
  const damage = collectDamage();
  const products = createProductBook();
  let sent = 0;
  for (let start = 0; start < chosen.length; start += SLICE) {
    const ids = chosen.slice(start, start + SLICE).map(({ orderId }) => orderId);
    const read = [...(await readOrders(database, store, ids, rules.fields.wanted))];
    const mapped = mapOrders(read, rules, damage.log, (document) => document.orderId);
    all.push(...mapped.leftOut);
    cut.push(...mapped.cutOrders.map(({ orderId }) => orderId));
    sent += mapped.orders.length;
    const isSent = new Set(mapped.orders);
    for (const order of read) if ('lines' in order && isSent.has(String(order.orderId))) products.add(order);
  }
  return {
    looked: looked.length,
    isPart: recent.length > MOST_LOOKED_AT,
    sent,
    leftOut: all,
    damaged: damage.orderIds,
    cut,
    ...products.findings(),
  };
}

/** A log that keeps which orders are damaged. */
function collectDamage(): { readonly log: Log; readonly orderIds: readonly OrderId[] } {
  const orderIds: OrderId[] = [];
  const take = (line: LogLine) => {
    if (line.event === 'order.damaged') orderIds.push(line['orderId'] as OrderId); // as `logDamage` writes it
  };
  return { log: { info: take, warn: take, error: take }, orderIds };
}

function createProductBook() {
  const withoutSku = new Map<string, SurveyedProduct>();
  const withoutWeight = new Map<number, SurveyedProduct>();
  const skus = new Map<string, Map<number, SurveyedProduct>>();
  return {
    add({ orderId, lines }: Order): void {
      for (const { productId, name, sku, weight, needsShipping, quantity } of lines) {
        if (!needsShipping || quantity <= 0) continue;
        const product = { productId, name, orderId };
        if (weight === 0) setOnce(withoutWeight, productId, product);
        if (sku === '') {
          setOnce(withoutSku, `${productId} ${name}`, product);
          continue;
        }
        // A line that an admin typed in has no product. ShipStation tells SKUs apart as they are written.
        if (productId === 0) continue;
        const ofSku = skus.get(sku) ?? new Map<number, SurveyedProduct>();
        skus.set(sku, ofSku);
        setOnce(ofSku, productId, product);
      }
    },
    findings: () => ({
      withoutSku: [...withoutSku.values()],
      withoutWeight: [...withoutWeight.values()],
      sharedSkus: [...skus]
        .filter(([, products]) => products.size > 1)
        .map(([sku, products]) => ({ sku, products: [...products.values()] })),
    }),
  };
}

function setOnce<Key, Value>(map: Map<Key, Value>, key: Key, value: Value): void {
  if (!map.has(key)) map.set(key, value);
}
