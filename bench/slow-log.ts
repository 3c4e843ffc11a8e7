/** What MariaDB's slow query log says of a statement. */
export interface LoggedStatement {
  readonly user: string;
  readonly sql: string;
  /** From its arrival to its last row, waiting for locks included. */
  readonly milliseconds: number;
  /** Of these, waiting for the locks of its tables. */
  readonly lockWaitMilliseconds: number;
  readonly rowsSent: number;
  readonly rowsExamined: number;
  readonly rowsAffected: number;
}

// Each entry begins so; the line with the time stands only before the first entry of a second.
const ENTRY = /^# User@Host: (?<user>[^[\s]*)\[/;
const TIMES =
  /^# Query_time: (?<query>[\d.]+) +Lock_time: (?<lock>[\d.]+) +Rows_sent: (?<sent>\d+) +Rows_examined: (?<examined>\d+)/;
const AFFECTED = /^# Rows_affected: (?<affected>\d+)/;
const NO_SQL = /^(?:# |SET timestamp=\d+;$|use \S+;$)/;
const TIME = /^# Time: \d{6} [ \d]\d:\d\d:\d\d$/;

/**
 * Reads the text of a slow query log (`log_output=FILE`), as MariaDB 10.4 and later write it. The banner of the server's
 * start is passed over. Throws where an entry is not as expected: a figure that is missing must not count as zero.
 */
export function readSlowLog(text: string): readonly LoggedStatement[] {
  const entries: string[][] = [];
  for (const line of text.split('\n')) {
    if (TIME.test(line)) continue;
    if (ENTRY.test(line)) entries.push([line]);
    else entries.at(-1)?.push(line);
  }
  return entries.map(readEntry);
}

function readEntry(lines: readonly string[]): LoggedStatement {
  const group = (pattern: RegExp, name: string) => {
    for (const line of lines) {
      const found = pattern.exec(line)?.groups?.[name];
      if (found !== undefined) return found;
    }
    throw new Error(`the slow query log has an entry without ${name}: ${lines.join(' ').slice(0, 300)}`);
  };
  const firstOfSql = lines.findIndex((line) => !NO_SQL.test(line));
  const sql = firstOfSql < 0 ? '' : lines.slice(firstOfSql).join('\n');
  return {
    user: group(ENTRY, 'user'),
    sql: withoutBanner(sql).trim().replace(/;$/, ''),
    milliseconds: Number(group(TIMES, 'query')) * 1000,
    lockWaitMilliseconds: Number(group(TIMES, 'lock')) * 1000,
    rowsSent: Number(group(TIMES, 'sent')),
    rowsExamined: Number(group(TIMES, 'examined')),
    rowsAffected: Number(group(AFFECTED, 'affected')),
  };
}

// Written again whenever the log is opened.
function withoutBanner(sql: string): string {
  const banner = /^\/\S+, Version: .* started with:$/m.exec(sql);
  return banner ? sql.slice(0, banner.index) : sql;
}

/** How long a statement can have held the locks of its tables: all of its time but that in which it waited for them. */
export function lockMilliseconds({ milliseconds, lockWaitMilliseconds }: LoggedStatement): number {
  return Math.max(milliseconds - lockWaitMilliseconds, 0);
}

/** Rows that a statement looked at for each row that it gave or changed; one that found nothing counts as one row. */
export function rowsExaminedPerRowUsed({ rowsExamined, rowsSent, rowsAffected }: LoggedStatement): number {
  return rowsExamined / Math.max(rowsSent, rowsAffected, 1);
}

/** A statement on one line, so short that a table can show it. */
export function shortSql(sql: string, length = 90): string {
  const line = sql.replace(/\s+/g, ' ').trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}
