import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import mysql from 'mysql2/promise';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lookingStore } from '../dry-export/looking-store.ts';
import { createLeastPrivilegeAccount } from '../support/least-privilege-account.ts';
import { validateOrders } from '../support/orders-schema.ts';
import { type Program, runProgram } from '../support/program.ts';
import { runToEnd } from '../support/program-run.ts';
import type { PlainOrder } from '../support/store/plain-order.ts';

let folder: string;
beforeAll(() => {
  // Without the .env of whoever runs the tests.
  folder = mkdtempSync(join(tmpdir(), 'bridge-test-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const CREDENTIALS = { SHIPSTATION_USERNAME: 'x', SHIPSTATION_PASSWORD: 'planted-secret-word' };
// A process of its own takes seconds to start where many tests run.
const PATIENT = { timeout: 120_000 };
const EMPTY = '<?xml version="1.0" encoding="utf-8"?><Orders pages="1"></Orders>';
const sentence = (pattern: RegExp) =>
  expect.stringMatching(new RegExp(`^cscart-shipstation: ${pattern.source}[^\\n]*\\n$`));

/** Seven orders of one hour, of which five are sent. */
const ORDERS: readonly PlainOrder[] = [
  { notes: 'x'.repeat(1500) },
  { status: 'C' },
  { status: 'B' },
  { orderData: { T: 'a:broken' } },
  { shipTo: { city: '' } },
  {},
  { status: 'O' },
];
const at = (index: number) => new Date(Date.UTC(2026, 9, 1, 10, index));

describe.each(['4.6.1 M', '4.12.2 U', '4.20.1 U'] as const)('export of %s', PATIENT, (version) => {
  const environment = { EXPORT_PAGE_SIZE: '2' };
  const shop = lookingStore({ version, timezone: 'America/New_York' }, environment);
  const run = (...args: string[]) =>
    runToEnd(
      ['export', '--since', '2026-10-01T06:00', '--until', '10/01/2026 11:00', ...args],
      { ...CREDENTIALS, ...environment, CSCART_DATABASE_URL: shop.store.url },
      folder,
    );
  const endpoint = async (page: number) =>
    (
      await shop.bridge.request(
        `action=export&start_date=10/01/2026+10:00&end_date=10/01/2026+11:00&page=${page}`,
      )
    ).body;
  const ordersIn = (xml: string) => /<Orders pages="\d+">(.*)<\/Orders>$/.exec(xml)?.[1] ?? 'no page';

  it('writes all pages in one document, and a page as it is sent, and changes nothing', async () => {
    await shop.store.addOrders(ORDERS.map((order, index) => ({ placedAt: at(index), ...order })));
    const before = await shop.everything();
    const all = await run();
    const second = await run('--page', '2', '--json');
    expect(await shop.everything()).toEqual(before);

    const pages = [];
    for (const page of [1, 2, 3]) pages.push(await endpoint(page));
    expect([second.exitCode, second.stdout]).toEqual([0, pages[1]]);
    expect(all.exitCode).toBe(0);
    expect(all.stdout).toContain('<Orders pages="1">');
    expect(ordersIn(all.stdout)).toBe(pages.map(ordersIn).join(''));
    expect(all.stdout.match(/<Order>/g)).toHaveLength(5);
    expect(validateOrders(all.stdout)).toEqual([]);

    for (const part of [
      /Window +2026-10-01 06:00 to 2026-10-01 07:00 \(America\/New_York\)\n/,
      /As asked +start_date 10\/01\/2026 10:00, end_date 10\/01\/2026 11:00 \(UTC\)\n/,
      /Written +5 orders, for which ShipStation asks in 3 pages; [\d,]+ bytes to standard output\n/,
      /Cut +texts of 1 order: 101\n/,
      /Damaged +in the store, so not read in full: 1 order: 104\n/,
      /Left out +2 orders; "cscart-shipstation preview ORDER" says what to do about one\n/,
      /1 +its status is mapped to none of the five ShipStation statuses +103\n/,
      /1 +it has no ship-to city +105\n/,
    ])
      expect(all.stderr).toMatch(part);
    expect(JSON.parse(second.stderr)).toMatchObject({
      start: '2026-10-01T10:00:00.000Z',
      end: '2026-10-01T11:00:00.000Z',
      timeZone: 'America/New_York',
      pages: 3,
      page: 2,
      bytes: Buffer.byteLength(second.stdout),
      output: null,
      leftOut: { 'status-not-mapped': { count: 1, examples: [103] } },
      remarks: version === '4.6.1 M' ? [expect.stringContaining('keeps no instant of a change')] : [],
    });
  });
});

describe('export', PATIENT, () => {
  const shop = lookingStore({ version: '4.18.2 M' });
  const DAY = ['--since', '2026-10-01', '--until', '2026-10-01'];
  const settings = (more: Readonly<Record<string, string>> = {}) => ({
    ...CREDENTIALS,
    CSCART_DATABASE_URL: shop.store.url,
    ...more,
  });
  const run = (args: readonly string[], more: Readonly<Record<string, string>> = {}) =>
    runToEnd(['export', ...args], settings(more), folder);
  const orderIds = (xml: string) => [...xml.matchAll(/<OrderNumber>(\d+)</g)].map(([, id]) => Number(id));

  beforeAll(async () => {
    // Midnight is at seven o'clock in Los Angeles; a poll looks at the ten minutes before its window as well.
    await shop.store.addOrders(
      ['2026-10-01T07:00:00Z', '2026-10-02T06:59:59Z', '2026-10-02T07:00:00Z'].map((placedAt) => ({
        placedAt,
      })),
    );
  });

  it('takes a day alone for the whole of it, in the time zone of the store, and writes it into a file', async () => {
    const file = join(folder, 'day.xml');
    const { exitCode, stdout } = await run([...DAY, '--output', file, '--json']);
    expect([exitCode, JSON.parse(stdout)]).toMatchObject([0, { orders: 2, output: file }]);
    expect(orderIds(readFileSync(file, 'utf8'))).toEqual([101, 102]);
  });

  it('goes up to now where no end is given, in the words that ShipStation is told', async () => {
    const { orderId } = await shop.store.addOrder();
    const { stdout } = await run(['--since', '30m'], { STATUS_WORDS: 'cs-cart' });
    expect(orderIds(stdout)).toEqual([orderId]);
    expect(stdout).toContain('<OrderStatus>processed</OrderStatus>');
  });

  it('writes an empty document for an empty window, and an empty page beyond the last one', async () => {
    const empty = await run(['--since', '2020-01-01', '--until', '2020-01-02']);
    expect(empty).toMatchObject({ exitCode: 0, stdout: EMPTY });
    expect(empty.stderr).toMatch(/Written +0 orders(?:.*\n)*.*Left out +no order\n/);
    const beyond = await run([...DAY, '--page', '9', '--json']);
    expect(beyond.stdout).toBe(EMPTY);
    expect(JSON.parse(beyond.stderr)).toMatchObject({ page: 9, pages: 1, orders: 0 });
  });

  it.each([
    [[], /required option '--since <time>' not specified/],
    [['--since', 'tomorrow'], /'tomorrow' is invalid\. It must be a time like/],
    [['--since', '7d', '--page', '1e3'], /'1e3' is invalid\. It must be a whole number from 1/],
  ] as const)('refuses %j with 2 and a sentence', async (args, pattern) => {
    const { exitCode, stdout, stderr } = await run(args);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^error: [^\n]+\n$/);
    expect(stderr).toMatch(pattern);
  });

  it.each([
    [
      'the window ends before it begins',
      {},
      ['--since', '1d', '--until', '2d'],
      /--until is before --since: /,
    ],
    [
      'the database is away',
      { CSCART_DATABASE_URL: 'mysql://x:x@127.0.0.1:1/x' },
      DAY,
      /the database cannot answer: ECONNREFUSED; /,
    ],
    [
      'the prefix is wrong',
      { CSCART_TABLE_PREFIX: 'shop_' },
      DAY,
      /the database has no table shop_orders.*"cscart_"/,
    ],
    [
      'the file cannot be',
      {},
      [...DAY, '-o', '/no/such/folder.xml'],
      /\/no\/such\/folder\.xml cannot be written: /,
    ],
  ] as const)('ends with 2 and a sentence where %s', async (_, more, args, pattern) => {
    expect(await run(args, more)).toEqual({ exitCode: 2, stdout: '', stderr: sentence(pattern) });
  });

  it('names a right that is missing', async () => {
    const account = await createLeastPrivilegeAccount(shop.store);
    await shop.store.run(`revoke select on ${shop.store.table('images')} from '${account.user}'@'%'`);
    const { exitCode, stderr } = await run(DAY, { CSCART_DATABASE_URL: account.databaseUrl });
    await account.drop();
    expect([exitCode, stderr]).toEqual([
      2,
      sentence(/the database account has no right to SELECT on cscart_images; /),
    ]);
  });

  describe('into a file that is there', () => {
    let file: string;
    beforeEach(() => {
      file = join(mkdtempSync(join(folder, 'out-')), 'orders.xml');
      writeFileSync(file, 'before');
    });
    const others = () => readdirSync(join(file, '..')).filter((name) => name !== 'orders.xml');

    /** Runs an export that is held in the middle: another client holds a table that every page reads. */
    async function held(
      work: (program: Program, holder: mysql.Connection, table: string) => Promise<void>,
    ): Promise<void> {
      const [table, copy] = [shop.store.table('order_data'), shop.store.table('order_data_copy')];
      await shop.store.run(`create table ${copy} like ${table}; insert into ${copy} select * from ${table}`);
      const holder = await mysql.createConnection({ uri: shop.store.url });
      await holder.query(`lock tables ${table} write`);
      const program = runProgram(['export', ...DAY, '-o', file], settings(), folder);
      try {
        while (others().length === 0 && program.process.exitCode === null) await sleep(20);
        expect(others()).toEqual([expect.stringMatching(/^\.orders\.xml\.\w+\.part$/)]);
        await work(program, holder, table);
      } finally {
        program.process.kill('SIGKILL');
        await holder.end();
        await shop.store.run(`drop table if exists ${table}; rename table ${copy} to ${table}`);
      }
      expect(readFileSync(file, 'utf8')).toBe('before');
      expect(others()).toEqual([]);
    }

    it('leaves it as it was when it fails half way', async () => {
      await held(async (program, holder, table) => {
        await holder.query(`drop table ${table}`);
        await holder.query('unlock tables');
        expect(await program.exitCode).toBe(2);
        expect(program.output()).toMatch(
          /^cscart-shipstation: the database has no table cscart_order_data [^\n]*\n$/,
        );
      });
    });

    it.each([
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const)('leaves it as it was when %s stops it', async (signal, code) => {
      await held(async (program) => {
        program.process.kill(signal);
        expect(await program.exitCode).toBe(code);
        expect(program.output()).toBe('cscart-shipstation: stopped before everything was written\n');
      });
    });
  });

  it('ends without a stack trace when nobody reads on', async () => {
    await shop.store.addOrders(
      Array.from({ length: 300 }, () => ({ placedAt: '2026-11-05T10:00:00Z', details: 'x'.repeat(900) })),
    );
    const program = runProgram(['export', '--since', '2026-11-05'], settings(), folder);
    program.process.stdout?.destroy();
    expect(await program.exitCode).toBe(1);
    expect(program.output()).toBe('');
  });
});
