import { createDatabase } from '../test/support/database.ts';
import type { MariaDb } from '../test/support/mariadb.ts';
import { type BenchStore, BLOCK_ORDERS, bridgeUrl, MINUTE_MS, table } from './bench-store.ts';

const BLOCK_SECONDS = (BLOCK_ORDERS * MINUTE_MS) / 1000;

const ORDER_TABLES = ['orders', 'order_details', 'order_data'].map(table);
const INSTANTS = ['timestamp', 'updated_at'];

/**
 * A store whose last 10,000 orders are those of the small one, at the same instants, and whose earlier ones are the same
 * again and again, each block before the other. The server itself multiplies the rows: a million orders take a minute or
 * two.
 *
 * @param orders a multiple of 10,000
 */
export async function buildLargeStore(
  mariadb: MariaDb,
  small: BenchStore,
  orders: number,
): Promise<BenchStore> {
  const blocks = orders / BLOCK_ORDERS;
  const database = await createDatabase(mariadb.url(''), 'bench_large');
  const tables = await small.database.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = database()`,
  );
  for (const { name } of tables) {
    const from = `${small.database.name}.${name}`;
    await database.run(`create table ${name} like ${from}`);
    if (ORDER_TABLES.includes(name)) await multiply(small, database, name, blocks);
    // A row of the number 0 keeps it.
    else
      await database.run(
        `set statement sql_mode = 'NO_AUTO_VALUE_ON_ZERO' for insert into ${name} select * from ${from}`,
      );
  }
  return { ...small, database, url: bridgeUrl(mariadb, database), orders };
}

async function multiply(
  small: BenchStore,
  large: BenchStore['database'],
  name: string,
  blocks: number,
): Promise<void> {
  // Later versions number the rows of order_data besides: the server does it here, too.
  const columns = await small.database.query<{ name: string }>(
    `select column_name as name from information_schema.columns
      where table_schema = database() and table_name = ?
        and (extra not like '%auto_increment%' or column_name = 'order_id')`,
    [name],
  );
  const value = (column: string) => {
    if (column === 'order_id') return `b.order_id + k.seq * ${BLOCK_ORDERS}`;
    if (name === table('orders') && INSTANTS.includes(column))
      return `b.\`${column}\` - (${blocks - 1} - k.seq) * ${BLOCK_SECONDS}`;
    return `b.\`${column}\``;
  };
  // In one statement into an empty table, whose keys MyISAM then makes afterwards, by sorting. Without a join buffer, so
  // that the orders lie in the sequence of their numbers, as in a store.
  await large.run(
    `set statement join_cache_level = 0 for
     insert into ${name} (${columns.map((column) => `\`${column.name}\``).join(', ')})
     select ${columns.map((column) => value(column.name)).join(', ')}
       from seq_0_to_${blocks - 1} k straight_join ${small.database.name}.${name} b`,
  );
}
