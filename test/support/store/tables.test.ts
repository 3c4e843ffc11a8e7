import { describe, expect, it } from 'vitest';
import { StoreTables } from './tables.ts';

describe('StoreTables', () => {
  const tables = new StoreTables('4.0.1 M', { prefix: 'x_', engine: 'MyISAM', lastModify: false });

  it('leaves out what the version lacks and fills in what it requires', () => {
    expect(
      tables.insertSql('shipments', [{ carrier: 'UPS', status: 'P' }, { tracking_number: "1'Z" }]),
    ).toEqual([
      "set statement sql_mode='STRICT_ALL_TABLES' for insert into `x_shipments` " +
        '(`tracking_number`, `carrier`, `comments`) values ' +
        "(default, 'UPS', ''),('1\\'Z', default, '')",
    ]);
    expect(tables.insertSql('storefronts', [{ storefront_id: 1 }])).toEqual([]);
    expect(tables.insertSql('orders', [])).toEqual([]);
  });

  it('divides what would be too long for one statement', () => {
    const rows = Array.from({ length: 5 }, () => ({ content: 'x'.repeat(400_000) }));
    expect(tables.insertSql('logs', rows).map((sql) => sql.match(/x{400000}/g)?.length)).toEqual([2, 2, 1]);
  });

  it('refuses a name that no version has', () => {
    expect(() => tables.insertSql('orders', [{ tracking: 1 }])).toThrow('orders.tracking');
    expect(() => tables.insertSql('order', [{ order_id: 1 }])).toThrow('order');
  });
});
