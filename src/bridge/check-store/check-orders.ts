import { counted, someOf } from '../../values/counted.ts';
import {
  HIDDEN_BY_THE_SHOP,
  LEFT_OUT_REASONS,
  type LeftOut,
  type LeftOutReason,
} from '../export-orders/left-out.ts';
import type { Finding } from './finding.ts';
import type { OrderSurvey, SurveyedProduct } from './survey-orders.ts';

/** What a survey of the orders of the last `days` days says to the admin. Pure. */
export function judgeOrders(survey: OrderSurvey, days: number): readonly Finding[] {
  return [judgeLeftOut(survey, days), ...judgeTexts(survey), judgeCodes(survey), judgeWeights(survey)];
}

// What the admin himself has chosen to leave out.
const CHOSEN: ReadonlySet<LeftOutReason> = new Set([
  'placed-before-start',
  'country-not-wanted',
  'vendor-not-wanted',
  'storefront-not-wanted',
  'method-not-wanted',
  'status-not-wanted',
  'pickup',
  'only-downloads',
  ...HIDDEN_BY_THE_SHOP,
]);

function judgeLeftOut({ looked, isPart, sent, leftOut }: OrderSurvey, days: number): Finding {
  const byReason = groupByReason(leftOut);
  const doubtful = leftOut.filter(({ reason }) => !CHOSEN.has(reason));
  const those = isPart
    ? `the newest ${looked.toLocaleString('en-US')} orders`
    : `${counted(looked, 'order')} of the last ${days} days`;
  const others = leftOut.length - doubtful.length;
  return {
    check: 'orders',
    level: doubtful.length > 0 ? 'warning' : 'ok',
    message:
      leftOut.length === 0
        ? `all of ${those} would be sent`
        : `of ${those} ${sent.toLocaleString('en-US')} would be sent, ${doubtful.length > 0 ? `${doubtful.length} would be left out for a reason to look at` : 'the others are left out on purpose'}${
            doubtful.length > 0 && others > 0 ? `, ${others} on purpose` : ''
          }`,
    advice: doubtful.length > 0 ? '"cscart-shipstation preview ORDER" says of each what to do' : undefined,
    details: [...byReason].map(
      ([reason, some]) =>
        `${counted(some.length, 'order')}: ${LEFT_OUT_REASONS[reason]} (${someOf(some.map(exampleOf))})`,
    ),
    facts: {
      looked,
      sent,
      leftOut: Object.fromEntries(
        [...byReason].map(([reason, some]) => [
          reason,
          { count: some.length, examples: some.slice(0, 20).map(({ orderId }) => orderId) },
        ]),
      ),
    },
  };
}

function groupByReason(leftOut: readonly LeftOut[]): ReadonlyMap<LeftOutReason, readonly LeftOut[]> {
  const groups = new Map<LeftOutReason, LeftOut[]>();
  for (const one of leftOut) groups.set(one.reason, [...(groups.get(one.reason) ?? []), one]);
  return groups;
}

function exampleOf({ orderId, detail }: LeftOut): string {
  return detail === undefined ? String(orderId) : `${orderId}: ${detail}`;
}

function judgeTexts({ damaged, cut }: OrderSurvey): readonly Finding[] {
  const findings: Finding[] = [];
  if (damaged.length > 0) {
    findings.push({
      check: 'orders',
      level: 'warning',
      message: `of ${counted(damaged.length, 'order')} some of what the store keeps cannot be read (${someOf(damaged)})`,
      advice:
        'what can be read is sent, with a note to look at the order in the shop; an import or a change of character sets may have damaged it',
      facts: { damaged },
    });
  }
  if (cut.length > 0) {
    findings.push({
      check: 'orders',
      level: 'ok',
      message: `of ${counted(cut.length, 'order')} texts are longer than ShipStation takes and are cut (${someOf(cut)})`,
      facts: { cut },
    });
  }
  return findings;
}

function judgeCodes({ withoutSku, sharedSkus }: OrderSurvey): Finding {
  if (withoutSku.length + sharedSkus.length === 0) {
    return { check: 'codes', level: 'ok', message: 'every ordered product has an SKU of its own' };
  }
  const parts = [
    withoutSku.length > 0 && `${counted(withoutSku.length, 'product')} without an SKU`,
    sharedSkus.length > 0 && `${counted(sharedSkus.length, 'SKU')} of several products`,
  ].filter((part) => typeof part === 'string');
  return {
    check: 'codes',
    level: 'warning',
    message: `${parts.join(' and ')} in these orders: ShipStation makes products by SKU, and takes those for one`,
    advice: 'give each product an SKU (CODE) of its own in the shop',
    details: [
      ...withoutSku.slice(0, MOST_PRODUCTS).map((product) => `no SKU: ${shown(product)}`),
      ...sharedSkus
        .slice(0, MOST_PRODUCTS)
        .map(({ sku, products }) => `${sku}: ${products.slice(0, MOST_PRODUCTS).map(shown).join('; ')}`),
    ],
    facts: {
      withoutSku: withoutSku.map(({ productId }) => productId),
      sharedSkus: sharedSkus.map(({ sku, products }) => ({
        sku,
        products: products.map(({ productId }) => productId),
      })),
    },
  };
}

function judgeWeights({ withoutWeight }: OrderSurvey): Finding {
  if (withoutWeight.length === 0) {
    return { check: 'weights', level: 'ok', message: 'every ordered product has a weight' };
  }
  return {
    check: 'weights',
    level: 'warning',
    message: `${counted(withoutWeight.length, 'ordered product')} without a weight: ShipStation cannot tell what a parcel costs`,
    advice: 'give them a weight in the shop, or set it in ShipStation',
    details: withoutWeight.slice(0, MOST_PRODUCTS).map(shown),
    facts: { withoutWeight: withoutWeight.map(({ productId }) => productId) },
  };
}

const MOST_PRODUCTS = 5;

function shown({ productId, name, orderId }: SurveyedProduct): string {
  return `product ${productId} "${name}" (order ${orderId})`;
}
