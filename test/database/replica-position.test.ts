import { expect, it } from 'vitest';
import type { Queryable } from '../../src/database/database.ts';
import { isOfPrimary, readPosition, waitForPosition } from '../../src/database/replica-position.ts';

it.each([
  ['0-1-270', '0-1-270', '0-1-270', true],
  ['0-1-272', '0-1-270', '0-1-280', true],
  ['0-1-280', '0-1-270', '0-1-280', true],
  ['0-1-281', '0-1-270', '0-1-280', false],
  ['0-2-270', '0-1-270', '0-1-280', false],
  ['0-3-275', '0-1-270', '0-2-280', false],
  ['0-2-275', '0-1-270', '0-2-280', true],
  ['1-7-5, 0-1-270', '0-1-270', '0-1-270', true],
  ['0-1-270', '0-1-270,1-7-5', '0-1-270,1-7-5', false],
  ['0-1-18446744073709551614', '0-1-9', '0-1-18446744073709551615', true],
])('a replica at %s, asked for %s of a primary that is at %s since: %s', (replica, asked, later, isCopy) => {
  expect(isOfPrimary(replica, asked, later)).toBe(isCopy);
});

/** A server that answers every statement alike, and what it was asked. */
function answering(row: object): Queryable & { readonly asked: unknown[] } {
  const asked: unknown[] = [];
  return {
    asked,
    async query<Row>(...statement: unknown[]) {
      asked.push(statement);
      return [row] as Row[];
    },
    queryEach: () => Promise.reject(new Error('no row is taken by itself')),
    write: () => Promise.reject(new Error('nothing is written')),
  };
}

it.each([
  [{ kind: 'mysql', position: 'a:1-5', isKept: 0 }, /gtid_mode/],
  [{ kind: 'mysql', position: '', isKept: 1 }, /gtid_mode/],
  [{ kind: 'mariadb', position: '0-1-2', isKept: 0 }, /log_bin/],
  [{ kind: 'mariadb', position: '', isKept: 1 }, /log_bin/],
])('%o is no position', async (row, reason) => {
  expect(await readPosition(answering(row))).toEqual({ reason: expect.stringMatching(reason) });
});

it.each([
  [0, 'there'],
  ['0', 'there'],
  [1, 'behind'],
  [null, 'behind'],
])('MySQL is asked to wait for whole seconds, and its %j means %s', async (outcome, meaning) => {
  const replica = answering({ outcome });
  const position = { kind: 'mysql', text: '3e11fa47:1-5' } as const;
  expect(await waitForPosition(replica, replica, position, 0.1)).toBe(meaning);
  // With 0 it would wait for ever.
  expect(replica.asked).toEqual([
    ['select wait_for_executed_gtid_set(?, ?) as outcome', ['3e11fa47:1-5', 1]],
  ]);
});
