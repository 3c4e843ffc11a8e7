import { expect, it } from 'vitest';
import { adviceFor } from '../../../src/bridge/kept-notices/show-notice.ts';
import { createOrderId } from '../../../src/values/order-id.ts';

const record = { noticeId: 17, orderId: createOrderId(1042), needsAttention: false } as const;
const asUsual = { isReadable: true, isPlanDamaged: false, isShipmentGone: false };

it.each([
  ['received', {}, {}, /^Nothing: the bridge, while it runs, tries again by itself/],
  ['planned', {}, {}, /"cscart-shipstation notices retry 17" tries at once\.$/],
  ['refused', { needsAttention: true }, {}, /^Mend what the decision names, then run .* retry 17"/],
  ['refused', { needsAttention: true }, { isReadable: false }, /^Enter the shipment in the shop by hand/],
  [
    'planned',
    {},
    { isPlanDamaged: true },
    /plan .* is damaged.*look at the shipments of order 1042 .*by hand/,
  ],
  ['refused', { needsAttention: true }, { isPlanDamaged: true }, /plan .* is damaged/],
  ['applied', {}, { isPlanDamaged: true }, /^Nothing\.$/],
  ['applied', {}, {}, /^Nothing\.$/],
  ['applied', { needsAttention: true }, {}, /^Look at order 1042 in the shop/],
  ['applied', {}, { isShipmentGone: true }, /^Nothing, if that was meant: .* would write it again\.$/],
] as const)('a notice that is %s, %o, %o', (state, more, found, advice) => {
  expect(adviceFor({ ...record, state, ...more }, { ...asUsual, ...found })).toMatch(advice);
});
