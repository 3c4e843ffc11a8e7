import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createDatabase, type Database, openDatabase, type TestDatabase } from '../support/database.ts';
import { startMariaDb } from '../support/mariadb.ts';
import { freePort, type Program, runProgram } from '../support/program.ts';
import { buildStore, type Store } from '../support/store/store.ts';
import { createTestDatabase } from '../support/test-database.ts';

// Each starts processes, for which a loaded machine takes its time.
vi.setConfig({ testTimeout: 180_000 });

let database: TestDatabase;
let store: Store;
let folder: string;
const programs: Program[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bridge-test-'));
  database = await createTestDatabase();
  store = await buildStore(database, { version: '4.18.2 M' });
  await store.addOrder({});
});
afterAll(async () => {
  for (const { process } of programs) process.kill('SIGKILL');
  rmSync(folder, { recursive: true });
  await database.drop();
});

function run(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Program {
  const program = runProgram(args, environment, folder);
  programs.push(program);
  return program;
}

async function settings(databaseUrl = store.url) {
  const [port, opsPort] = [await freePort(), await freePort()];
  return {
    SHIPSTATION_USERNAME: 'shipstation',
    SHIPSTATION_PASSWORD: 'planted-secret-word',
    CSCART_DATABASE_URL: databaseUrl,
    PORT: String(port),
    OPS_PORT: String(opsPort),
  };
}

const EXPORT = 'action=export&start_date=01/01/2026+00:00&end_date=12/31/2037+00:00';

function ask(environment: { PORT: string }, query: string): Promise<Response> {
  const authorization = `Basic ${btoa('shipstation:planted-secret-word')}`;
  return fetch(`http://127.0.0.1:${environment.PORT}/shipstation?${query}`, { headers: { authorization } });
}

describe('a configuration that cannot be used', () => {
  it('is told with every problem at once, each naming its variable, and exit code 1', async () => {
    const program = run(['serve'], {
      SHIPSTATION_PASSWORD: 'planted-secret-word',
      CSCART_DATABASE_URL: 'mysql://user:planted-secret-word@host',
      PORT: '70000',
      EXPORT_PAGE_SIZE: 'many',
    });
    expect(await program.exitCode).toBe(1);
    for (const name of ['SHIPSTATION_USERNAME', 'CSCART_DATABASE_URL', 'PORT', 'EXPORT_PAGE_SIZE']) {
      expect(program.output()).toMatch(new RegExp(`^  ${name}: \\S`, 'm'));
    }
    expect(program.output()).not.toContain('planted-secret-word');
    expect(program.output()).not.toMatch(/^\s+at /m);
  });

  it('names an env file that is not there', async () => {
    const program = run(['--env-file', 'missing.env', 'serve']);
    // Node 20 looks for this option itself, even behind the program's name, and ends with 9 then.
    expect([2, 9]).toContain(await program.exitCode);
    expect(program.output()).toContain('missing.env');
  });

  it('names an address that is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    const environment = await settings();
    const address = taken.address();
    const port = typeof address === 'object' && address ? String(address.port) : '';
    const program = run(['serve'], { ...environment, PORT: port });
    expect(await program.exitCode).toBe(1);
    expect(program.output()).toMatch(new RegExp(`HOST and PORT: .*${port}.*another program`));
    taken.close();
  });
});

describe('serve', () => {
  it('reads ./.env and secrets from files, and answers', async () => {
    const environment = await settings();
    const { CSCART_DATABASE_URL, SHIPSTATION_PASSWORD, ...rest } = environment;
    writeFileSync(join(folder, 'database-url'), `${CSCART_DATABASE_URL}\n`);
    writeFileSync(
      join(folder, '.env'),
      [
        ...Object.entries(rest).map(([name, value]) => `${name}=${value}`),
        `SHIPSTATION_PASSWORD='${SHIPSTATION_PASSWORD}'`,
        'CSCART_DATABASE_URL_FILE=database-url',
      ].join('\n'),
    );
    const program = run(['serve']);
    await program.waitFor('bridge.ready');
    const answer = await ask(environment, EXPORT);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('<OrderNumber>101</OrderNumber>');
    const metrics = await fetch(`http://127.0.0.1:${environment.OPS_PORT}/metrics`);
    expect(metrics.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(await metrics.text()).toMatch(/^cscart_shipstation_orders_exported_total 1$/m);
    expect((await fetch(`http://127.0.0.1:${environment.PORT}/metrics`)).status).toBe(404);
    program.process.kill('SIGTERM');
    expect(await program.exitCode).toBe(0);
    expect(program.output()).not.toContain('planted-secret-word');
    rmSync(join(folder, '.env'));
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'finishes what is in flight on %s, then ends with 0',
    async (signal) => {
      const environment = await settings();
      const program = run(['serve'], environment);
      await program.waitFor('bridge.ready');
      const holder: Database = openDatabase(store.url);
      // A page that cannot be read for a while: another client holds the orders.
      const holding = holder.run(
        `lock tables ${store.table('orders')} write; select sleep(1); unlock tables`,
      );
      await sleep(200);
      const inFlight = ask(environment, EXPORT);
      await sleep(200);
      program.process.kill(signal);
      const answer = await inFlight;
      expect(answer.status).toBe(200);
      expect(await answer.text()).toContain('</Orders>');
      expect(await program.exitCode).toBe(0);
      expect(program.logs()).toContainEqual(expect.objectContaining({ event: 'bridge.stopped' }));
      await holding;
      await holder.close();
    },
  );

  it('waits for a database that is not there at start, and says so', async () => {
    const mariadb = await startMariaDb();
    try {
      const late = await createDatabase(mariadb.url(''));
      await buildStore(late, { version: '4.6.1 M' });
      await late.close();
      await mariadb.kill();
      const environment = await settings(late.url);
      const program = run(['serve'], environment);
      await program.waitFor('bridge.waiting');
      const ready = () => fetch(`http://127.0.0.1:${environment.OPS_PORT}/readyz`);
      expect((await fetch(`http://127.0.0.1:${environment.OPS_PORT}/livez`)).status).toBe(200);
      const notReady = await ready();
      expect(notReady.status).toBe(503);
      expect(await notReady.text()).toMatch(/^not ready: .+ECONNREFUSED/);
      expect((await ask(environment, EXPORT)).status).toBe(503);
      expect((await ask(environment, 'action=export')).status).toBe(200);

      await mariadb.restart();
      await program.waitFor('bridge.ready');
      expect(await (await ready()).text()).toBe('ready\n');
      expect((await ask(environment, EXPORT)).status).toBe(200);
      program.process.kill('SIGTERM');
      expect(await program.exitCode).toBe(0);
    } finally {
      await mariadb.stop();
    }
  });

  it('names the prefixes that it found when the configured one is wrong', async () => {
    const environment = await settings();
    const program = run(['serve'], { ...environment, CSCART_TABLE_PREFIX: 'shop_' });
    await program.waitFor('bridge.waiting');
    const [line] = program.logs().filter((log) => log['event'] === 'bridge.waiting');
    expect(line?.['reason']).toMatch(/shop_orders.*CSCART_TABLE_PREFIX is "shop_".*"cscart_"/);
    program.process.kill('SIGTERM');
    expect(await program.exitCode).toBe(0);
  });
});

describe('install', () => {
  it('prints SQL, creates the tables and removes them', async () => {
    const environment = await settings();
    const tables = () => store.query(`show tables like '%shipstation\\_%'`);
    await Promise.all((await tables()).map((row) => store.run(`drop table ${Object.values(row)[0]}`)));
    const printed = run(['install', '--print'], environment);
    expect(await printed.exitCode).toBe(0);
    expect(printed.output()).toContain('create table if not exists `cscart_shipstation_notices`');
    expect(printed.output()).toContain('grant update (updated_at)');
    expect(printed.output()).not.toContain('last_modify');
    expect(await tables()).toHaveLength(0);
    expect(await run(['install'], environment).exitCode).toBe(0);
    expect(await tables()).toHaveLength(3);
    expect(await run(['install', '--remove'], environment).exitCode).toBe(0);
    expect(await tables()).toHaveLength(0);
  });
});
