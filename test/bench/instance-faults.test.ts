import { expect, test } from 'vitest';
import { faultsOfNotices, faultsOfPages, noFaults } from '../../bench/instance-faults.ts';

const ORDERS = [
  { orderId: 101, lines: [{ itemId: 1, amount: 2 }] },
  { orderId: 102, lines: [{ itemId: 2, amount: 1 }] },
];
const FIRST = { shipmentId: 7, trackingNumber: 'A', orderId: 101, itemId: 1, amount: 2 };
const SECOND = { shipmentId: 8, trackingNumber: 'B', orderId: 102, itemId: 2, amount: 1 };

test.each([
  ['nothing', [FIRST, SECOND], {}],
  ['a lost notice', [FIRST], { lost: 1 }],
  ['a doubled one', [FIRST, SECOND, { ...SECOND, shipmentId: 9 }], { doubled: 1, overShipped: 1 }],
  ['a line of which too much was shipped', [{ ...FIRST, amount: 3 }, SECOND], { overShipped: 1 }],
  ['a box with two lines as nothing', [FIRST, { ...FIRST, itemId: 3 }, SECOND], {}],
])('of notices it finds %s', (_, written, faults) => {
  expect(faultsOfNotices(['A', 'B'], ORDERS, written)).toEqual({ ...noFaults, ...faults });
});

test.each([
  ['nothing', [['1', '2'], ['3']], {}],
  ['a missing order', [['1', '2'], []], { missing: 1 }],
  [
    'one that is there twice',
    [
      ['1', '2'],
      ['2', '3'],
    ],
    { twice: 1 },
  ],
  ['both', [['1', '2'], ['2']], { missing: 1, twice: 1 }],
])('of pages it finds %s', (_, pages, faults) => {
  expect(faultsOfPages(['1', '2', '3'], pages)).toEqual({ ...noFaults, ...faults });
});
