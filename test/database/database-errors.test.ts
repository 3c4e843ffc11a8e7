import { describe, expect, test } from 'vitest';
import {
  DatabaseUnavailable,
  describeDatabaseError,
  isPassing,
  isShapeChanged,
  isStaleConnection,
} from '../../src/database/database-errors.ts';

/** An error as mysql2 gives it. */
const driverError = (code: string, errno?: number, more: object = {}) =>
  Object.assign(new Error('message of the server'), {
    code,
    ...(errno === undefined ? {} : { errno }),
    ...more,
  });

const refused = driverError('ECONNREFUSED', -111, { fatal: true });

describe('the same request may work later after', () => {
  test.each<[string, unknown]>([
    ['a refused connection', refused],
    [
      'a refused connection to a name with two addresses',
      new AggregateError([refused, refused], 'all failed'),
    ],
    ['a lost connection', driverError('PROTOCOL_CONNECTION_LOST', undefined, { fatal: true })],
    ['a reset connection', driverError('ECONNRESET', -104)],
    ['a name that does not resolve', driverError('ENOTFOUND', -3008)],
    ['a socket that is not there', driverError('ENOENT', -2)],
    ['a statement that took too long', driverError('PROTOCOL_SEQUENCE_TIMEOUT')],
    ['some other end of the connection', driverError('HANDSHAKE_SSL_ERROR', undefined, { fatal: true })],
    ['too many connections', driverError('ER_CON_COUNT_ERROR', 1040)],
    ['a wrong password of the account', driverError('ER_ACCESS_DENIED_ERROR', 1045)],
    ['a missing right', driverError('ER_TABLEACCESS_DENIED_ERROR', 1142)],
    ['a shutdown', driverError('ER_SERVER_SHUTDOWN', 1053)],
    ['a deadlock', driverError('ER_LOCK_DEADLOCK', 1213)],
    ['a lock that was not free', driverError('ER_LOCK_WAIT_TIMEOUT', 1205)],
    ['a crashed table', driverError('ER_CRASHED_ON_USAGE', 1194)],
    ['a full disk', driverError('ER_DISK_FULL', 1021)],
    ['a file that cannot be written', driverError('ER_ERROR_ON_WRITE', 1026)],
    ['a table that is damaged', driverError('ER_NOT_KEYFILE', 1034)],
    ['a connection that was idle for too long', driverError('ER_CLIENT_INTERACTION_TIMEOUT', 4031)],
    ['a server that only reads', driverError('ER_OPTION_PREVENTS_STATEMENT', 1290)],
    ['MariaDB’s time limit', driverError('ER_STATEMENT_TIMEOUT', 1969)],
    ['MySQL’s time limit', driverError('ER_QUERY_TIMEOUT', 3024)],
    ['a pool that is closed', new Error('Pool is closed.')],
    ['a full queue', new Error('Queue limit reached.')],
    ['what has been understood before', new DatabaseUnavailable(refused)],
  ])('%s', (_, error) => {
    expect(isPassing(error)).toBe(true);
    expect(isShapeChanged(error)).toBe(false);
  });
});

describe('the same request will not work later after', () => {
  test.each<[string, unknown]>([
    ['a statement that is wrong', driverError('ER_PARSE_ERROR', 1064)],
    ['a duplicate key', driverError('ER_DUP_ENTRY', 1062)],
    ['a value that is too long', driverError('ER_DATA_TOO_LONG', 1406)],
    [
      'a fatal error of the server that has another reason',
      driverError('ER_PARSE_ERROR', 1064, { fatal: true }),
    ],
    ['a mistake of ours', new TypeError('x is not a function')],
    ['no error at all', 'nonsense'],
    ['nothing', null],
    ['an AggregateError of nothing', new AggregateError([])],
  ])('%s', (_, error) => {
    expect(isPassing(error)).toBe(false);
  });
});

test.each<[string, unknown, boolean]>([
  ['a column that is gone', driverError('ER_BAD_FIELD_ERROR', 1054), true],
  ['a table that is gone', driverError('ER_NO_SUCH_TABLE', 1146), true],
  ['the same, wrapped', new DatabaseUnavailable(driverError('ER_NO_SUCH_TABLE', 1146)), true],
  ['a deadlock', driverError('ER_LOCK_DEADLOCK', 1213), false],
  ['nothing', undefined, false],
])('the store has another shape after %s: %s', (_, error, isChanged) => {
  expect(isShapeChanged(error)).toBe(isChanged);
});

test.each<[string, boolean]>([
  ['ECONNRESET', true],
  ['EPIPE', true],
  ['PROTOCOL_CONNECTION_LOST', true],
  // Nobody was there: asking again at once is of no use.
  ['ECONNREFUSED', false],
  ['PROTOCOL_SEQUENCE_TIMEOUT', false],
  ['ER_LOCK_DEADLOCK', false],
])('%s says that a pooled connection was dead: %s', (code, isStale) => {
  expect(isStaleConnection(driverError(code))).toBe(isStale);
});

describe('the description of an error', () => {
  test.each<[unknown, string]>([
    [refused, 'ECONNREFUSED'],
    [driverError('ER_LOCK_DEADLOCK', 1213), 'ER_LOCK_DEADLOCK (1213, deadlock)'],
    [driverError('ER_DUP_ENTRY', 1062), 'ER_DUP_ENTRY (1062)'],
    [new AggregateError([refused]), 'ECONNREFUSED'],
    [new Error('x'), 'unknown error'],
    [undefined, 'unknown error'],
  ])('%s', (error, text) => {
    expect(describeDatabaseError(error)).toBe(text);
  });

  test('and of what wraps it holds neither statement nor value', () => {
    const error = driverError('ER_LOCK_DEADLOCK', 1213, {
      sql: "select 'pat@example.test'",
      sqlMessage: "value 'pat@example.test'",
      message: 'pat@example.test',
    });
    const wrapped = new DatabaseUnavailable(error);
    expect(wrapped.message).toBe('the database cannot answer: ER_LOCK_DEADLOCK (1213, deadlock)');
    expect(wrapped.cause).toBe(error);
  });
});
