import { spawnSync } from 'node:child_process';
import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookingStore } from '../dry-export/looking-store.ts';
import { createLeastPrivilegeAccount } from '../support/least-privilege-account.ts';
import { COMPILED_PROGRAM } from '../support/program.ts';
import { runToEnd } from '../support/program-run.ts';

let folder: string;
beforeAll(() => {
  // Without the .env of whoever runs the tests.
  folder = mkdtempSync(join(tmpdir(), 'bridge-test-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const SECRET = 'planted-secret-word';
const CREDENTIALS = { SHIPSTATION_USERNAME: 'x', SHIPSTATION_PASSWORD: SECRET };
// A process of its own takes seconds to start where many tests run.
const PATIENT = { timeout: 120_000 };

/** One sentence for the admin, and nothing else on either output. */
const sentence = (pattern: RegExp) => ({
  stdout: '',
  stderr: expect.stringMatching(new RegExp(`^cscart-shipstation: ${pattern.source}[^\\n]*\\n$`)),
});

describe.each(['4.6.1 M', '4.12.2 U', '4.20.1 U'] as const)('preview --xml of %s', PATIENT, (version) => {
  const shop = lookingStore({ version });

  it('is what the endpoint answers, to the byte, and changes nothing', async () => {
    const { orderId } = await shop.store.addOrder({
      placedAt: '2026-10-01T10:20:30Z',
      lines: [{ name: 'For <you> & me', options: [{ name: 'Size', value: 'Ü' }] }],
    });
    const before = await shop.everything();
    const environment = { ...CREDENTIALS, CSCART_DATABASE_URL: shop.store.url };
    const run = await runToEnd(['preview', `#${orderId}`, '--xml'], environment, folder);
    expect(await shop.everything()).toEqual(before);
    const { body } = await shop.bridge.request(
      'action=export&start_date=10/01/2026+10:20&end_date=10/01/2026+10:20',
    );
    expect(body).toContain('<OrderNumber>101</OrderNumber>');
    expect([run.exitCode, run.stdout]).toEqual([0, body]);
    const remark = /^cscart-shipstation: this store keeps no instant of a change[^\n]*\n$/;
    expect(run.stderr).toMatch(version === '4.6.1 M' ? remark : /^$/);
  });
});

describe('preview', PATIENT, () => {
  const shop = lookingStore({ version: '4.18.2 M' });
  const settings = (more: Readonly<Record<string, string>> = {}) => ({
    ...CREDENTIALS,
    CSCART_DATABASE_URL: shop.store.url,
    ...more,
  });
  const preview = (args: readonly string[], environment = settings()) =>
    runToEnd(['preview', ...args], environment, folder);

  it('shows an order by the number that ShipStation shows, in the words that it is told', async () => {
    const { orderId } = await shop.store.addOrder();
    const environment = settings({ ORDER_NUMBER_PREFIX: 'SHOP1-', STATUS_WORDS: 'cs-cart' });
    const { exitCode, stdout, stderr } = await preview([`shop1-${orderId}`], environment);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`Order ${orderId} is sent to ShipStation as SHOP1-${orderId}\n`);
    expect(stdout).toContain('→ Awaiting Shipment (processed)\n');
  });

  it('ends with 1 for an order that is left out, with the reason and what to do', async () => {
    const { orderId } = await shop.store.addOrder({ status: 'B' });
    const page = await preview([String(orderId)]);
    expect(page).toMatchObject({ exitCode: 1, stderr: '' });
    expect(page.stdout).toMatch(/^Order \d+ is not sent to ShipStation\n +Why +its status is mapped to none/);
    expect(await preview([String(orderId), '--xml'])).toEqual({
      exitCode: 1,
      ...sentence(
        /order \d+ is not sent to ShipStation: its status is mapped .*\(status B\)\. Put this status/,
      ),
    });
    const json = await preview([String(orderId), '--json']);
    expect([json.exitCode, JSON.parse(json.stdout)]).toMatchObject([
      1,
      { sent: false, document: null, leftOut: { reason: 'status-not-mapped', detail: 'status B' } },
    ]);
  });

  it('ends with 1 for an order that is not there, with 2 for what is no number', async () => {
    expect(await preview(['99999'])).toEqual({ exitCode: 1, ...sentence(/the store has no order 99999/) });
    expect(await preview(['12.5'])).toEqual({
      exitCode: 2,
      ...sentence(/"12\.5" is no number of an order: write it like 101/),
    });
  });

  it('ends with 2 and a sentence where its output cannot be written', async () => {
    const { orderId } = await shop.store.addOrder();
    const { status, stderr } = spawnSync(process.execPath, [COMPILED_PROGRAM, 'preview', String(orderId)], {
      cwd: folder,
      env: { PATH: process.env['PATH'], ...settings() },
      stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([2, 'cscart-shipstation: standard output cannot be written (ENOSPC)\n']);
  });

  it.each([
    [[], /missing required argument/],
    [['1', '--xml', '--json'], /cannot be used with/],
  ] as const)('refuses %j with 2 and a sentence', async (args, pattern) => {
    const { exitCode, stderr, stdout } = await preview(args);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^error: [^\n]+\n$/);
    expect(stderr).toMatch(pattern);
  });

  const wrongPassword = () => {
    const url = new URL(shop.store.url);
    url.password = SECRET;
    return url.href;
  };
  it.each([
    [
      'the database is away',
      () => ({ CSCART_DATABASE_URL: `mysql://x:${SECRET}@127.0.0.1:1/x` }),
      /the database cannot answer: ECONNREFUSED; /,
    ],
    [
      'the password is wrong',
      () => ({ CSCART_DATABASE_URL: wrongPassword() }),
      /the database cannot answer: ER_ACCESS_DENIED_ERROR .*are user and password/,
    ],
    [
      'the prefix is wrong',
      () => ({ CSCART_TABLE_PREFIX: 'shop_' }),
      /the database has no table shop_orders.*CSCART_TABLE_PREFIX is "shop_".*"cscart_"/,
    ],
    ['a setting is wrong', () => ({ PORT: '70000' }), /.*\n {2}PORT: \S[^\n]*\n/],
  ] as const)('ends with 2 and a sentence where %s', async (_, more, pattern) => {
    const run = await preview(['101'], settings(more()));
    expect(run).toEqual({ exitCode: 2, ...sentence(pattern) });
    expect(run.stderr).not.toContain(SECRET);
  });

  it('names a right that is missing, and does without an own table that is made by halves', async () => {
    const { orderId } = await shop.store.addOrder();
    const account = await createLeastPrivilegeAccount(shop.store);
    const environment = settings({ CSCART_DATABASE_URL: account.databaseUrl });
    const notices = `${shop.store.prefix}shipstation_notices`;
    try {
      await shop.store.run(`alter table ${notices} drop column decision`);
      const halfMade = await preview([String(orderId)], environment);
      expect(halfMade.exitCode).toBe(0);
      expect(halfMade.stdout).toMatch(/Shipment notices\n +not known\n/);
      expect(halfMade.stdout).toMatch(
        /The table cscart_shipstation_notices has no column decision; let an administrator/,
      );
      await shop.store.run(`revoke select on ${shop.store.table('products')} from '${account.user}'@'%'`);
      expect(await preview([String(orderId)], environment)).toEqual({
        exitCode: 2,
        ...sentence(/the database account has no right to SELECT on cscart_products; .*install --print/),
      });
    } finally {
      await shop.store.run(`alter table ${notices} add column decision text not null`);
      await account.drop();
    }
  });
});
