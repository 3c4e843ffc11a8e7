import { randomBytes } from 'node:crypto';
import mysql from 'mysql2/promise';

/** A database as tests, demo and benchmark use it: texts as UTF-8, `longblob` as `Buffer`, decimals as text. */
export interface Database {
  readonly name: string;
  /** `mysql://user:password@host:port/name` */
  readonly url: string;
  /** The rows that a statement answers with. The caller says what a row looks like; nothing checks it. */
  query<Row = Record<string, unknown>>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Carries out a statement, or several separated by `;`. `insertId` and `affectedRows` are of the last. */
  run(sql: string, values?: readonly unknown[]): Promise<{ insertId: number; affectedRows: number }>;
  /** Closes the connections. */
  close(): Promise<void>;
}

/** Opens a database by its URL. Connections are made when first needed, at most four, and one statement may be several. */
export function openDatabase(url: string): Database {
  const pool = mysql.createPool({
    uri: url,
    connectionLimit: 4,
    multipleStatements: true,
    charset: 'utf8mb4',
    decimalNumbers: false,
  });
  return {
    name: decodeURIComponent(new URL(url).pathname.slice(1)),
    url,
    // `query` of mysql2 is typed by what it may answer with, which depends on the statement's text.
    query: async <Row>(sql: string, values: readonly unknown[] = []) =>
      (await pool.query<mysql.RowDataPacket[]>(sql, [...values]))[0] as unknown as Row[],
    run: async (sql, values = []) => {
      const [answer] = await pool.query<mysql.ResultSetHeader | mysql.ResultSetHeader[]>(sql, [...values]);
      const header = Array.isArray(answer) ? answer.at(-1) : answer;
      return { insertId: header?.insertId ?? 0, affectedRows: header?.affectedRows ?? 0 };
    },
    close: () => pool.end(),
  };
}

/** A database that ends with the test. */
export interface TestDatabase extends Database {
  /** Drops it, with all that is in it, and closes the connections. */
  drop(): Promise<void>;
}

/**
 * Makes a database of a name that no other has, on a server where the URL's account may do so.
 *
 * @param serverUrl - any URL of the server; its path is not looked at
 */
export async function createDatabase(serverUrl: string, prefix = 'test'): Promise<TestDatabase> {
  const name = `${prefix}_${randomBytes(6).toString('hex')}`;
  const administrator = openDatabase(urlOfDatabase(serverUrl, ''));
  try {
    // As CS-Cart's installer makes it; what needs more than three bytes a character has to say so itself.
    await administrator.run(`create database \`${name}\` character set utf8mb3 collate utf8mb3_general_ci`);
  } finally {
    await administrator.close();
  }
  const database = openDatabase(urlOfDatabase(serverUrl, name));
  return {
    ...database,
    drop: async () => {
      await database.run(`drop database if exists \`${name}\``);
      await database.close();
    },
  };
}

function urlOfDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
