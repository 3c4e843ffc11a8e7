/**
 * The database cannot answer now, but the same request may work later: it is away, restarting, full, locked or slow.
 * The endpoint answers 503, and ShipStation asks again.
 */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';

  constructor(cause: unknown) {
    super(`the database cannot answer: ${describeDatabaseError(cause)}`, { cause });
  }
}

/** Failures of the client's side of the connection, by mysql2's and Node's codes. */
const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT', // the Unix socket is not there
  'EPIPE',
  'ETIMEDOUT',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'POOL_CLOSED',
  'POOL_ENQUEUELIMIT',
]);

// MySQL 8 says so to the next statement; MariaDB only closes.
const CLOSED_FOR_IDLENESS = 4031;

/** Server errors (MySQL and MariaDB share these numbers) that pass by themselves or once somebody mends the server. */
const PASSING_ERRORS = new Map([
  // MariaDB lets MyISAM's own numbers through: of files, and of tables.
  [3, 'file cannot be written'],
  [20, 'disk full'],
  [126, 'table is damaged'],
  [127, 'table is damaged'],
  [134, 'table is damaged'],
  [135, 'table full'],
  [136, 'table full'],
  [144, 'table is marked as crashed'],
  [145, 'table is marked as crashed'],
  [1016, 'table cannot be opened'],
  [1020, 'record changed meanwhile'],
  [1021, 'disk full'],
  [1026, 'file cannot be written'],
  [1030, 'storage engine error'],
  [1040, 'too many connections'],
  [1034, 'table is damaged'],
  [1035, 'table is damaged'],
  [1036, 'table is read-only'],
  [1037, 'out of memory'],
  [1038, 'out of memory for sorting'],
  [1041, 'out of memory'],
  [1044, 'access denied to the database'],
  [1045, 'access denied'],
  [1049, 'unknown database'],
  [1053, 'shutting down'],
  [1077, 'shutting down'],
  [1079, 'shutting down'],
  [1114, 'table full'],
  [1129, 'host blocked'],
  [1142, 'right to the table is missing'],
  [1143, 'right to the column is missing'],
  [1152, 'connection aborted'],
  [1158, 'network error'],
  [1159, 'network error'],
  [1160, 'network error'],
  [1161, 'network error'],
  [1180, 'error during commit'],
  [1184, 'connection aborted'],
  [1194, 'table is marked as crashed'],
  [1195, 'table is marked as crashed'],
  [1203, 'too many connections of this user'],
  [1205, 'lock wait timeout'],
  [1206, 'too many locks'],
  [1213, 'deadlock'],
  [1226, 'limit of this account'],
  [1290, 'server is read-only'],
  [1317, 'query interrupted'],
  [1412, 'table definition changed'],
  [1792, 'transaction is read-only'],
  [1836, 'server is read-only'],
  [1969, 'time limit of the statement'],
  [3024, 'time limit of the statement'],
  [1927, 'connection killed'],
  [CLOSED_FOR_IDLENESS, 'connection closed for idleness'],
]);

function isConnectionLost(error: unknown): boolean {
  return CONNECTION_CODES.has(codeOf(error)) || isFatal(error);
}

// Wrong password, no right to the database, no password given, password expired, account locked (MySQL's number, MariaDB's).
const LOGIN_REFUSED = new Set([1044, 1045, 1698, 1862, 3118, 4151]);

/** Whether the server does not let us in with this user and password. */
export function isLoginRefused(error: unknown): boolean {
  return LOGIN_REFUSED.has(errnoOf(error));
}

/** Whether the server said nothing for so long that it, or the network, must hang: the connection is of no use any more. */
export function isSilence(error: unknown): boolean {
  return codeOf(error) === 'PROTOCOL_SEQUENCE_TIMEOUT';
}

/** Whether a connection turned out to be dead when it was used, as after a restart of the server. */
export function isStaleConnection(error: unknown): boolean {
  return (
    errnoOf(error) === CLOSED_FOR_IDLENESS ||
    ['ECONNRESET', 'EPIPE', 'PROTOCOL_CONNECTION_LOST'].includes(codeOf(error))
  );
}

/** Whether the same request may work later. */
export function isPassing(error: unknown): boolean {
  if (error instanceof DatabaseUnavailable) return true;
  return (
    isConnectionLost(error) ||
    PASSING_ERRORS.has(errnoOf(error)) ||
    /pool is closed|queue limit/i.test(messageOf(error))
  );
}

/** Whether the server, or the connection to it, reported the error. */
export function isDatabaseError(error: unknown): boolean {
  return errnoOf(error) !== 0 || isConnectionLost(error);
}

/** `ER_PARSE_ERROR`: the server does not know this form of a statement. */
export function isSyntaxError(error: unknown): boolean {
  return errnoOf(error) === 1064;
}

/** `ER_NO_DEFAULT_FOR_FIELD`: a column that has no default was not given a value. */
export function isWithoutDefault(error: unknown): boolean {
  return errnoOf(error) === 1364;
}

/** `ER_DUP_ENTRY`: a value that has to be unique is there already. */
export function isDuplicateKey(error: unknown): boolean {
  return errnoOf(error) === 1062;
}

/** `ER_BAD_FIELD_ERROR` or `ER_NO_SUCH_TABLE`: the store is not shaped as it was when it was last looked at. */
export function isShapeChanged(error: unknown): boolean {
  const errno = errnoOf(error instanceof DatabaseUnavailable ? error.cause : error);
  return errno === 1054 || errno === 1146;
}

/**
 * A right that the account lacks, as `INSERT on shipments`; `undefined` for any other error. The server's own message
 * names command, account and table, and no value.
 */
export function missingRight(error: unknown): string | undefined {
  const cause = error instanceof DatabaseUnavailable ? error.cause : error;
  const errno = errnoOf(cause);
  if (errno !== 1142 && errno !== 1143) return undefined;
  const message = messageOf(cause);
  const command = /^([A-Z ,]+) command denied/i.exec(message)?.[1] ?? 'a right';
  const column = /for column '([^']+)'/.exec(message)?.[1];
  const table =
    /(?:for|in) table [`']?(?:[^`'.]+[`']?\.[`']?)?([^`'.]+)[`']?$/.exec(message)?.[1] ?? 'a table';
  return `${command}${column === undefined ? '' : ` (${column})`} on ${table}`;
}

/** A short text for the log: code and number, not the statement, whose values may be personal. */
export function describeDatabaseError(error: unknown): string {
  const errno = errnoOf(error);
  const words = PASSING_ERRORS.get(errno);
  const code = codeOf(error) || 'unknown error';
  return errno > 0 ? `${code} (${errno}${words ? `, ${words}` : ''})` : code;
}

function isFatal(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'fatal' in error &&
    error.fatal === true &&
    errnoOf(error) <= 0
  );
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  // A refused connection to a name with several addresses comes as an AggregateError without a code of its own.
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function errnoOf(error: unknown): number {
  return typeof error === 'object' && error !== null && 'errno' in error && typeof error.errno === 'number'
    ? error.errno
    : 0;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : '';
}
