import { afterAll, beforeAll, expect, test } from 'vitest';
import { verify } from '../../../src/commands/connection/verify.ts';
import type { VerifyFinding } from '../../../src/commands/connection/verify-finding.ts';
import { readConfig } from '../../../src/config/read-config.ts';
import type { TestDatabase } from '../../support/database.ts';
import { buildStore, type Store } from '../../support/store/store.ts';
import { startTestBridge, type TestBridge } from '../../support/test-bridge.ts';
import { createTestDatabase } from '../../support/test-database.ts';

const PASSWORD = 'planted-secret-word';

let database: TestDatabase;
let store: Store;
let bridge: TestBridge;

beforeAll(async () => {
  database = await createTestDatabase();
  store = await buildStore(database, { version: '4.18.2 M' });
  const now = new Date();
  await store.addOrders([{ placedAt: now }, { placedAt: now, status: 'C' }, { placedAt: now, status: 'N' }]);
  bridge = await startTestBridge(store, { environment: { SHIPSTATION_PASSWORD: PASSWORD } });
});
afterAll(async () => {
  await bridge.close();
  await database.drop();
});

/** Of every table of the store, and of the bridge's own that hold notices. */
async function checksums(): Promise<readonly unknown[]> {
  const tables = await store.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = database() order by 1`,
  );
  const names = tables.map(({ name }) => name).filter((name) => !name.endsWith('shipstation_exports'));
  expect(names).toContain(`${store.prefix}shipstation_notices`);
  return store.query(`checksum table ${names.map((name) => `\`${name}\``).join(', ')}`);
}

test('a real bridge before a real store is found good, and neither store nor notices have changed', async () => {
  const config = readConfig({
    SHIPSTATION_USERNAME: 'shipstation',
    SHIPSTATION_PASSWORD: PASSWORD,
    CSCART_DATABASE_URL: store.url,
  });
  const before = await checksums();
  const findings: VerifyFinding[] = [];
  for await (const finding of verify(bridge.url, config, { limitMs: 20_000 })) findings.push(finding);
  expect(findings.filter(({ level }) => level === 'problem')).toEqual([]);
  const messages = Object.fromEntries(findings.map(({ check, message }) => [check, message]));
  expect(messages['test connection']).toMatch(/^answered with no orders/);
  expect(messages['orders']).toMatch(/^2 orders of the last 24 hours on page 1 of 1/);
  expect(messages['notices']).toMatch(/gets through/);
  expect(await checksums()).toEqual(before);
});

test('a store whose table of orders has gone is told, and what to do', async () => {
  const config = readConfig({
    SHIPSTATION_USERNAME: 'shipstation',
    SHIPSTATION_PASSWORD: PASSWORD,
    CSCART_DATABASE_URL: store.url,
  });
  await store.run(`rename table ${store.table('orders')} to ${store.table('orders_away')}`);
  try {
    const findings: VerifyFinding[] = [];
    for await (const finding of verify(bridge.url, config, { limitMs: 20_000 })) findings.push(finding);
    expect(findings).toContainEqual({
      check: 'orders',
      level: 'problem',
      message: expect.stringContaining('the bridge was reached, but it cannot work'),
      advice: expect.stringContaining('cscart-shipstation check'),
    });
  } finally {
    await store.run(`rename table ${store.table('orders_away')} to ${store.table('orders')}`);
  }
});
