import { describe, expect, test } from 'vitest';
import { mapStatuses } from '../../src/bridge/status-map.ts';
import type { StatusWords } from '../../src/config/config.ts';
import { readConfig } from '../../src/config/read-config.ts';
import type { OrderStatus } from '../../src/cscart/store/order-statuses.ts';
import { FRESH_STATUSES } from './plain-orders.ts';

const NO_WORDS: StatusWords = { unpaid: [], paid: [], shipped: [], cancelled: [], on_hold: [] };
const REQUIRED = {
  SHIPSTATION_USERNAME: 'shipstation',
  SHIPSTATION_PASSWORD: 'secret',
  CSCART_DATABASE_URL: 'mysql://reader:pass@db/shop',
};

/** What the statuses of a store mean under a configuration, by their letters. */
function meaningsOf(environment: Record<string, string>, statuses: readonly OrderStatus[] = FRESH_STATUSES) {
  const { meanings } = mapStatuses(readConfig({ ...REQUIRED, ...environment }).statuses, statuses);
  return Object.fromEntries(meanings);
}

describe('the defaults', () => {
  test('know the statuses of a fresh install, and export nothing that is neither open, paid, done nor cancelled', () => {
    expect(meaningsOf({})).toEqual({
      O: 'unpaid',
      P: 'paid',
      C: 'shipped',
      F: 'cancelled',
      D: 'cancelled',
      I: 'cancelled',
    });
  });

  test('know the names that the status P has had', () => {
    for (const name of ['Processed', 'Paid', 'Processing']) {
      const status: OrderStatus = { letter: 'P', names: [name], stockEffect: 'decrease' };
      expect(meaningsOf({}, [status])).toEqual({ P: 'paid' });
    }
  });
});

describe('what the admin gives', () => {
  test.each<[string, Record<string, string>, string, string]>([
    ['a letter', { STATUS_ON_HOLD: 'B' }, 'B', 'on_hold'],
    ['a name', { STATUS_ON_HOLD: 'Awaiting call' }, 'Y', 'on_hold'],
    ['a name in other letters', { STATUS_ON_HOLD: 'AWAITING CALL' }, 'Y', 'on_hold'],
    ['several, one of them unknown', { STATUS_ON_HOLD: 'Nothing, B ,Y' }, 'Y', 'on_hold'],
    // Else an order that is to be held would be sent as paid, and shipped.
    ['the default’s own word beats the default', { STATUS_ON_HOLD: 'Paid' }, 'P', 'on_hold'],
    ['a letter beats a default that knows the name', { STATUS_ON_HOLD: 'P' }, 'P', 'on_hold'],
    ['a name in another language beats a default', { STATUS_ON_HOLD: 'Bezahlt' }, 'P', 'on_hold'],
    ['a later list beats the default of an earlier one', { STATUS_CANCELLED: 'Open' }, 'O', 'cancelled'],
    ['an earlier list beats the default of a later one', { STATUS_AWAITING_PAYMENT: 'C' }, 'C', 'unpaid'],
    [
      'a letter beats a name that is given too',
      { STATUS_AWAITING_SHIPMENT: 'Bezahlt', STATUS_ON_HOLD: 'P' },
      'P',
      'on_hold',
    ],
    [
      'of two names the first list counts',
      { STATUS_AWAITING_SHIPMENT: 'Bezahlt', STATUS_ON_HOLD: 'Paid' },
      'P',
      'paid',
    ],
  ])('%s', (_, environment, letter, meaning) => {
    expect(meaningsOf(environment)).toMatchObject({ [letter]: meaning });
  });

  test('replaces a default as a whole', () => {
    expect(meaningsOf({ STATUS_CANCELLED: 'I' })).toEqual({
      O: 'unpaid',
      P: 'paid',
      C: 'shipped',
      I: 'cancelled',
    });
  });
});

test('tells which statuses have no meaning, and which words are no status', () => {
  const words: StatusWords = { ...NO_WORDS, paid: ['P', 'Sold'], shipped: ['Complete'] };
  const { unmapped, unknownWords } = mapStatuses(words, FRESH_STATUSES);
  expect(unmapped.map((status) => status.letter)).toEqual(['O', 'F', 'D', 'B', 'I', 'Y', 'A']);
  expect(unknownWords).toEqual([{ meaning: expect.any(String), word: 'Sold' }]);
});

test('a word that is a letter of one status and the name of another means the letter', () => {
  const statuses: OrderStatus[] = [
    { letter: 'X', names: ['Y'], stockEffect: 'decrease' },
    { letter: 'Y', names: ['Why'], stockEffect: 'decrease' },
  ];
  expect(mapStatuses({ ...NO_WORDS, paid: ['Y'] }, statuses).meanings).toEqual(new Map([['Y', 'paid']]));
});

test('maps nothing where nothing is given', () => {
  expect(mapStatuses(NO_WORDS, FRESH_STATUSES)).toEqual({
    meanings: new Map(),
    unmapped: FRESH_STATUSES,
    unknownWords: [],
  });
});
