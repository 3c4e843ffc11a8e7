import { expect, it } from 'vitest';
import { describeError } from '../../src/commands/logger.ts';

it('of a database error neither statement nor message is logged, which quote values', () => {
  const error = Object.assign(new Error("Data too long for column 'comments': secret"), {
    code: 'ER_DATA_TOO_LONG',
    errno: 1406,
    sql: "insert into shipments values ('secret')",
    sqlMessage: 'secret',
  });
  const line = JSON.stringify(describeError(new Error('wrapped', { cause: error })));
  expect(line).not.toContain('secret');
  expect(line).toContain('ER_DATA_TOO_LONG');
  expect(line).toContain('1406');
});

it('of any other error the message and the frames are logged', () => {
  expect(describeError(new TypeError('not a table prefix'))).toMatchObject({
    type: 'TypeError',
    message: 'not a table prefix',
    stack: expect.arrayContaining([expect.stringMatching(/^ {4}at /)]),
  });
});
