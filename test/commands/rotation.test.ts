import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TestDatabase } from '../support/database.ts';
import { freePort, type Program, runProgram } from '../support/program.ts';
import { buildStore, type Store } from '../support/store/store.ts';
import { createTestDatabase } from '../support/test-database.ts';

const LONG = 180_000;

let folder: string;
let database: TestDatabase;
let store: Store;
let user: string;
let program: Program | undefined;
let port: number;
let opsPort: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rotation-'));
  database = await createTestDatabase();
  store = await buildStore(database, { version: '4.18.2 M' });
  await store.addOrder({});
  user = `rotating_${randomBytes(4).toString('hex')}`;
  await database.run(`create user '${user}'@'%' identified by 'database-one'`);
  await database.run(`grant all on \`${database.name}\`.* to '${user}'@'%'`);
  [port, opsPort] = [await freePort(), await freePort()];
});
afterEach(async () => {
  program?.process.kill('SIGKILL');
  await program?.exitCode;
  await database.run(`drop user '${user}'@'%'`);
  await database.drop();
  rmSync(folder, { recursive: true });
});

function databaseUrl(password: string): string {
  const url = new URL(store.url);
  url.username = user;
  url.password = password;
  return url.href;
}

async function serve(environment: Readonly<Record<string, string>>, args = ['serve']): Promise<Program> {
  program = runProgram(
    args,
    { SHIPSTATION_USERNAME: 'shipstation', PORT: String(port), OPS_PORT: String(opsPort), ...environment },
    folder,
  );
  await program.waitFor('bridge.ready');
  return program;
}

async function poll(password: string): Promise<number> {
  const response = await fetch(
    `http://127.0.0.1:${port}/shipstation?action=export&start_date=01/01/2026+00:00&end_date=12/31/2037+00:00`,
    { headers: { authorization: `Basic ${btoa(`shipstation:${password}`)}` } },
  );
  await response.text();
  return response.status;
}

function linesOf(running: Program, event: string): readonly Record<string, unknown>[] {
  return running.logs().filter((line) => line['event'] === event);
}

async function waitForLines(running: Program, event: string, count: number): Promise<void> {
  await expect.poll(() => linesOf(running, event).length, { timeout: 60_000 }).toBeGreaterThanOrEqual(count);
}

let generation = 0;
/** Puts secrets in place as Kubernetes does: a folder of its own, and a link that is exchanged for it. */
function mountSecrets(secrets: Readonly<Record<string, string>>): void {
  generation += 1;
  const data = `..${generation}`;
  mkdirSync(join(folder, data));
  for (const [name, value] of Object.entries(secrets)) writeFileSync(join(folder, data, name), `${value}\n`);
  symlinkSync(data, join(folder, '..data_tmp'));
  renameSync(join(folder, '..data_tmp'), join(folder, '..data'));
}

it('passwords that come as files change while ShipStation polls, and no request fails', {
  timeout: LONG,
}, async () => {
  // An empty file is none.
  mountSecrets({ password: 'shop-one', previous: '', url: databaseUrl('database-one') });
  const running = await serve({
    SHIPSTATION_PASSWORD_FILE: join(folder, '..data', 'password'),
    SHIPSTATION_PASSWORD_PREVIOUS_FILE: join(folder, '..data', 'previous'),
    CSCART_DATABASE_URL_FILE: join(folder, '..data', 'url'),
  });
  let password = 'shop-one';
  const statuses: number[] = [];
  let isPolling = true;
  const polling = (async () => {
    while (isPolling) {
      statuses.push(...(await Promise.all([poll(password), poll(password), poll(password)])));
      await sleep(50);
    }
  })();

  // The files first, the database after them: what it does not take yet is tried again.
  mountSecrets({ password: 'shop-two', previous: 'shop-one', url: databaseUrl('database-two') });
  await waitForLines(running, 'credentials.refused', 1);
  await database.run(`alter user '${user}'@'%' identified by 'database-two'`);
  await waitForLines(running, 'credentials.changed', 2);
  expect(linesOf(running, 'credentials.changed')).toEqual([
    expect.objectContaining({ of: 'ShipStation', previousToo: true }),
    expect.objectContaining({ of: 'store database' }),
  ]);
  await waitForLines(running, 'credentials.previous_used', 1);
  const metrics = await (await fetch(`http://127.0.0.1:${opsPort}/metrics`)).text();
  expect(metrics).toMatch(/^cscart_shipstation_previous_password_last_used_timestamp_seconds \d{10}/m);

  // Now the merchant types the new one into ShipStation's form, and the old one is taken away.
  password = 'shop-two';
  await sleep(300);
  mountSecrets({ password: 'shop-two', previous: '', url: databaseUrl('database-two') });
  await waitForLines(running, 'credentials.changed', 3);
  await sleep(300);
  isPolling = false;
  await polling;
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(await poll('shop-one')).toBe(401);

  running.process.kill('SIGTERM');
  expect(await running.exitCode).toBe(0);
  for (const secret of ['shop-one', 'shop-two', 'database-one', 'database-two'])
    expect(running.output()).not.toContain(secret);
});

it('SIGHUP makes it read its env file again; what cannot be used is refused, and nothing changes', {
  timeout: LONG,
}, async () => {
  const file = join(folder, 'bridge.env');
  const write = (lines: readonly string[]) => writeFileSync(file, lines.join('\n'));
  const url = `CSCART_DATABASE_URL=${databaseUrl('database-one')}`;
  write(['SHIPSTATION_PASSWORD=shop-one', url]);
  const running = await serve({}, ['--env-file', file, 'serve']);
  const hangUp = () => running.process.kill('SIGHUP');
  expect(await poll('shop-one')).toBe(200);

  write(['SHIPSTATION_PASSWORD=shop-two', 'EXPORT_PAGE_SIZE=planted', url]);
  hangUp();
  await waitForLines(running, 'settings.refused', 1);
  expect(linesOf(running, 'settings.refused')[0]).toMatchObject({
    problems: ['EXPORT_PAGE_SIZE: must be a whole number from 1 to 500'],
  });
  expect([await poll('shop-one'), await poll('shop-two')]).toEqual([200, 401]);

  write([
    'SHIPSTATION_PASSWORD=shop-two',
    'SHIPSTATION_PASSWORD_PREVIOUS=shop-one',
    'EXPORT_PAGE_SIZE=7',
    url,
  ]);
  hangUp();
  await waitForLines(running, 'credentials.changed', 1);
  expect(linesOf(running, 'settings.need_restart')).toHaveLength(1);
  expect([await poll('shop-one'), await poll('shop-two')]).toEqual([200, 200]);

  write(['SHIPSTATION_PASSWORD=shop-two', `CSCART_DATABASE_URL=${databaseUrl('planted-wrong')}`]);
  hangUp();
  await waitForLines(running, 'credentials.refused', 1);
  expect(linesOf(running, 'credentials.refused')[0]).toMatchObject({ of: 'store database' });
  expect([await poll('shop-one'), await poll('shop-two')]).toEqual([401, 200]);

  running.process.kill('SIGTERM');
  expect(await running.exitCode).toBe(0);
  for (const secret of ['shop-one', 'shop-two', 'database-one', 'planted'])
    expect(running.output()).not.toContain(secret);
});
