import { describe, expect, it, test } from 'vitest';
import { readsStore } from '../../bench/locks.ts';
import {
  type LoggedStatement,
  lockMilliseconds,
  readSlowLog,
  rowsExaminedPerRowUsed,
  shortSql,
} from '../../bench/slow-log.ts';

const BANNER = `/usr/sbin/mariadbd, Version: 10.11.19-MariaDB-0+deb12u1 (Debian 12). started with:
Tcp port: 33409  Unix socket: /run/socket
Time\t\t    Id Command\tArgument
`;

const LOG = `${BANNER}# Time: 261127  9:30:41
# User@Host: bridge[bridge] @  [127.0.0.1]
# Thread_id: 7  Schema: bench  QC_hit: No
# Query_time: 0.001699  Lock_time: 0.000722  Rows_sent: 0  Rows_examined: 1000
# Rows_affected: 12  Bytes_sent: 55
SET timestamp=1795771841;
update \`cscart_orders\` set status = 'C';
# User@Host: root[root] @ localhost [127.0.0.1]
# Thread_id: 8  Schema: bench  QC_hit: No
# Query_time: 1.000549  Lock_time: 0.000176  Rows_sent: 15  Rows_examined: 1010
# Rows_affected: 0  Bytes_sent: 201
use bench;
SET timestamp=1795771841;
select a,

 b from t where a between 1 and 10;
# Time: 261127 10:30:42
# User@Host: bridge[bridge] @  [127.0.0.1]
# Thread_id: 9  Schema:   QC_hit: No
# Query_time: 0.000080  Lock_time: 0.000000  Rows_sent: 1  Rows_examined: 0
# Rows_affected: 0  Bytes_sent: 80
# Full_scan: Yes  Full_join: No  Tmp_table: No  Tmp_table_on_disk: No
SET timestamp=1795771842;
select 1;
`;

const A_STATEMENT: LoggedStatement = {
  user: 'bridge',
  sql: 'select 1',
  milliseconds: 10,
  lockWaitMilliseconds: 4,
  rowsSent: 0,
  rowsExamined: 0,
  rowsAffected: 0,
};

describe('the slow query log', () => {
  it('tells of each statement who sent it, how long it took, and over how many rows', () => {
    expect(readSlowLog(LOG)).toEqual([
      {
        user: 'bridge',
        sql: "update `cscart_orders` set status = 'C'",
        milliseconds: expect.closeTo(1.699, 6),
        lockWaitMilliseconds: expect.closeTo(0.722, 6),
        rowsSent: 0,
        rowsExamined: 1000,
        rowsAffected: 12,
      },
      {
        user: 'root',
        sql: 'select a,\n\n b from t where a between 1 and 10',
        milliseconds: expect.closeTo(1000.549, 6),
        lockWaitMilliseconds: expect.closeTo(0.176, 6),
        rowsSent: 15,
        rowsExamined: 1010,
        rowsAffected: 0,
      },
      {
        user: 'bridge',
        sql: 'select 1',
        milliseconds: expect.closeTo(0.08, 6),
        lockWaitMilliseconds: 0,
        rowsSent: 1,
        rowsExamined: 0,
        rowsAffected: 0,
      },
    ]);
  });

  test.each([
    ['nothing', ''],
    ['the server has only started', BANNER],
  ])('holds no statement where %s is in it', (_, text) => {
    expect(readSlowLog(text)).toEqual([]);
  });

  it('passes over what the server writes when it opens the log anew', () => {
    expect(readSlowLog(LOG + BANNER).at(-1)?.sql).toBe('select 1');
  });

  test.each(['Query_time: ', 'Rows_sent', 'Rows_examined', 'Rows_affected'])(
    'is refused where an entry does not say %s',
    (part) => {
      expect(() => readSlowLog(LOG.replace(part, 'Other'))).toThrow(/entry without/);
    },
  );
});

describe('a statement', () => {
  it('holds the locks of its tables once it has them', () => {
    expect(lockMilliseconds(A_STATEMENT)).toBe(6);
    // The two are not taken at the same instant.
    expect(lockMilliseconds({ ...A_STATEMENT, lockWaitMilliseconds: 10.001 })).toBe(0);
  });

  test.each([
    [{ rowsExamined: 30, rowsSent: 10 }, 3],
    [{ rowsExamined: 2, rowsAffected: 1 }, 2],
    [{ rowsExamined: 7 }, 7],
    [{ rowsExamined: 0, rowsSent: 1 }, 0],
  ])('of %j looked at so many rows for each that it used: %d', (rows, expected) => {
    expect(rowsExaminedPerRowUsed({ ...A_STATEMENT, ...rows })).toBe(expected);
  });

  test.each([
    ['select * from `cscart_orders` o', true],
    ['select * from cscart_shipments', true],
    ['select * from `cscart_shipstation_exports`', false],
    ['insert into `cscart_shipstation_notices` select * from `cscart_orders`', true],
    ["select get_lock('order:1', 4)", false],
  ])('reads the store: %s (%s)', (sql, isRead) => {
    expect(readsStore(sql)).toBe(isRead);
  });

  it('is shown on one line', () => {
    expect(shortSql('select a,\n   b from t', 90)).toBe('select a, b from t');
    expect(shortSql('select a,\n   b from t', 10)).toBe('select a,…');
  });
});
