import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../support/database.ts';
import { freePort, type Program, runProgram } from '../support/program.ts';
import { buildStore, type Store } from '../support/store/store.ts';
import { createTestDatabase } from '../support/test-database.ts';

let database: TestDatabase;
let store: Store;
let folder: string;
const programs: Program[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bridge-test-'));
  database = await createTestDatabase();
  store = await buildStore(database, { version: '4.18.2 M' });
  await store.addOrder({ status: 'P' });
});
afterAll(async () => {
  for (const { process } of programs) process.kill('SIGKILL');
  rmSync(folder, { recursive: true });
  await database.drop();
});

const PASSWORD = 'planted-secret-word';

async function environment(changes: Readonly<Record<string, string>> = {}) {
  return {
    SHIPSTATION_USERNAME: 'shipstation',
    SHIPSTATION_PASSWORD: PASSWORD,
    CSCART_DATABASE_URL: store.url,
    PORT: String(await freePort()),
    OPS_PORT: String(await freePort()),
    ...changes,
  };
}

async function check(args: readonly string[], variables: Readonly<Record<string, string>>) {
  const program = runProgram([...args], variables, folder);
  programs.push(program);
  const exitCode = await program.exitCode;
  return { exitCode, output: program.output() };
}

interface Report {
  readonly problems: number;
  readonly warnings: number;
  readonly findings: readonly { readonly check: string; readonly level: string; readonly message: string }[];
}

describe('check', () => {
  it('ends with 0 where there is no problem, a line a check, each with its level', async () => {
    const { exitCode, output } = await check(['check'], await environment());
    expect(exitCode).toBe(0);
    for (const name of [
      'configuration',
      'database',
      'store',
      'rights',
      'statuses',
      'orders',
      'clock',
      'service',
    ])
      expect(output).toMatch(new RegExp(`^(ok     |warning|problem)  ${name} `, 'm'));
    expect(output).toMatch(/^No problem, \d+ warnings?$/m);
    expect(output).not.toContain('\u001b');
  });

  it('prints the same for machines, and nothing else', async () => {
    const { exitCode, output } = await check(['check', '--json'], await environment());
    expect(exitCode).toBe(0);
    const report = JSON.parse(output) as Report;
    expect(report.problems).toBe(0);
    expect(report.findings.find(({ check: name }) => name === 'statuses')).toMatchObject({
      level: 'ok',
      facts: {
        statuses: expect.arrayContaining([{ letter: 'P', name: 'Paid', orders: 1, meaning: 'paid' }]),
      },
    });
  });

  it('ends with 1 where there is a problem, and goes on to whatever can be looked at', async () => {
    const { exitCode, output } = await check(['check'], await environment({ STATUS_SHIPPED: 'Shiped' }));
    expect(exitCode).toBe(1);
    expect(output).toMatch(/^problem {2}statuses .*"Shiped"/m);
    expect(output).toMatch(/^ok {7}carriers/m);
    expect(output).toMatch(/^1 problem, /m);
  });

  it('names every setting that cannot be used, and says nothing of the database then', async () => {
    const variables = await environment({ PORT: '70000', EXPORT_PAGE_SIZE: 'many' });
    const { exitCode, output } = await check(['check', '--json'], variables);
    expect(exitCode).toBe(1);
    const { findings } = JSON.parse(output) as Report;
    expect(findings.map(({ check: name, level }) => `${name} ${level}`)).toEqual([
      'configuration problem',
      'configuration problem',
    ]);
    expect(new Set(findings.map(({ message }) => message.split(':')[0]))).toEqual(
      new Set(['EXPORT_PAGE_SIZE', 'PORT']),
    );
  });

  it('names settings that are none, and a password that is short', async () => {
    const variables = await environment({ STATUS_SHIPED: 'Complete', SHIPSTATION_PASSWORD: 'short' });
    const { exitCode, output } = await check(['check'], variables);
    expect(exitCode).toBe(0);
    expect(output).toMatch(/^warning {2}configuration .*STATUS_SHIPED/m);
    expect(output).toMatch(/^warning {2}configuration .*SHIPSTATION_PASSWORD is shorter/m);
    expect(output).not.toContain('password is short\n');
  });

  it.each([
    ['no database', 'mysql://root:planted-secret-word@127.0.0.1:1/x', /^problem {2}database .*ECONNREFUSED/m],
    [
      'no such host',
      'mysql://root:planted-secret-word@db.invalid/x',
      /^problem {2}database .*(ENOTFOUND|EAI_AGAIN)/m,
    ],
  ])('says in one line that there is %s, without a stack trace or the password', async (_, url, line) => {
    const { exitCode, output } = await check(['check'], await environment({ CSCART_DATABASE_URL: url }));
    expect(exitCode).toBe(1);
    expect(output).toMatch(line);
    expect(output).not.toMatch(/^\s+at /m);
    expect(output).not.toContain(PASSWORD);
  });

  it.each([
    [['check', '--jsn'], 'Did you mean --json'],
    [['check', 'everything'], 'too many arguments'],
  ])('ends with 2 for a wrong argument: %s', async (args, words) => {
    const { exitCode, output } = await check(args, await environment());
    expect(exitCode).toBe(2);
    expect(output).toContain(words);
  });

  it('ends with 2 where the env file cannot be read', async () => {
    writeFileSync(join(folder, '.env'), Buffer.from('SHIPSTATION_USERNAME=caf\xe9\n', 'latin1'));
    const { exitCode, output } = await check(['check'], await environment());
    rmSync(join(folder, '.env'));
    expect(exitCode).toBe(2);
    expect(output).toContain('save the file as UTF-8');
  });

  it('asks the bridge that runs whether it is ready', async () => {
    const variables = await environment();
    const bridge = runProgram(['serve'], variables, folder);
    programs.push(bridge);
    await bridge.waitFor('bridge.ready');
    const running = await check(['check'], variables);
    expect(running.output).toMatch(/^ok {7}service .*runs and is ready/m);
    expect(running.output).toMatch(/^ok {7}own tables .*in place/m);
    await store.run(`rename table ${store.table('shipstation_exports')} to ${store.table('set_aside')}`);
    const hindered = await check(['check'], variables);
    await store.run(`rename table ${store.table('set_aside')} to ${store.table('shipstation_exports')}`);
    expect(hindered.exitCode).toBe(1);
    expect(hindered.output).toMatch(/^problem {2}service .*not ready/m);
    bridge.process.kill('SIGTERM');
    await bridge.exitCode;
    const stopped = await check(['check'], variables);
    expect(stopped.output).toMatch(/^warning {2}service .*no bridge answers/m);
  }, 90_000);
});
