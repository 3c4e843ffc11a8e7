import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createDatabase, openDatabase } from './database.ts';
import { type MariaDb, type MariaDbOptions, startMariaDb } from './mariadb.ts';

const started: MariaDb[] = [];

async function start(options?: MariaDbOptions): Promise<MariaDb> {
  const mariadb = await startMariaDb(options);
  started.push(mariadb);
  return mariadb;
}

afterEach(async () => {
  for (const mariadb of started.splice(0)) await mariadb.stop();
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function takesConnections(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function outputOf(program: string): Promise<string> {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  await once(child, 'close');
  return output;
}

describe('startMariaDb', () => {
  it('serves accounts with their own rights over TCP, with strict tables', async () => {
    const mariadb = await start();
    const database = await createDatabase(mariadb.url(''), 'rights');
    await database.run('create table open (n int); create table closed (n int); insert into open values (7)');
    await mariadb.query("create user reader@'%' identified by 'p@ss/word'");
    await mariadb.query(`grant select on ${database.name}.open to reader@'%'`);
    const reader = openDatabase(mariadb.url(database.name, { user: 'reader', password: 'p@ss/word' }));
    expect(await reader.query('select n from open')).toEqual([{ n: 7 }]);
    await expect(reader.query('select n from closed')).rejects.toThrow(/denied/);
    await reader.close();
    const [mode] = await database.query<{ mode: string }>('select @@sql_mode as mode');
    expect(mode?.mode).toContain('STRICT_TRANS_TABLES');
    await database.drop();
    const left = await mariadb.query<{ Database: string }>('show databases');
    expect(left.map((row) => row.Database)).not.toContain(database.name);
  });

  it('lets nobody in without a password', async () => {
    const mariadb = await start();
    const intruder = openDatabase(mariadb.url('', { user: 'root', password: '' }));
    await expect(intruder.query('select 1')).rejects.toThrow(/denied/);
    await intruder.close();
  });

  it('comes back with its data on the same port after a crash', async () => {
    const mariadb = await start();
    const { port, pid } = mariadb;
    const database = await createDatabase(mariadb.url(''));
    await database.run('create table kept (n int) engine=InnoDB; insert into kept values (1), (2)');
    await mariadb.kill();
    expect(isRunning(pid)).toBe(false);
    await expect(mariadb.query('select 1')).rejects.toThrow();
    await mariadb.restart();
    expect(mariadb.port).toBe(port);
    expect(mariadb.pid).not.toBe(pid);
    const again = openDatabase(database.url);
    expect(await again.query('select n from kept order by n')).toEqual([{ n: 1 }, { n: 2 }]);
    await again.close();
    await database.close();
  });

  it('takes further arguments', async () => {
    const mariadb = await start({ arguments: ['--max-connections=17'] });
    expect(await mariadb.query('select @@max_connections as connections')).toEqual([{ connections: 17 }]);
  });

  it('leaves neither process nor folder behind', async () => {
    const directory = join(mkdtempSync(join(tmpdir(), 'mariadb-test-')), 'server');
    const mariadb = await start({ directory });
    const { pid } = mariadb;
    expect(existsSync(directory)).toBe(true);
    await mariadb.stop();
    await mariadb.stop();
    expect(isRunning(pid)).toBe(false);
    expect(existsSync(directory)).toBe(false);
    rmSync(join(directory, '..'), { recursive: true });
  });

  it('says what the server wrote to its log when it does not start', async () => {
    await expect(start({ arguments: ['--no-such-option'] })).rejects.toThrow(
      /ended while starting \(exit code [1-9]\d*\)[\s\S]*no-such-option/,
    );
  });

  it.each([
    ['process.exit', 'process.exit(3)'],
    ['an exception', "throw new Error('unforeseen')"],
    ['a signal', "process.kill(process.pid, 'SIGTERM')"],
    [
      'a signal that somebody handles',
      "process.on('SIGINT', () => process.exit()); process.kill(process.pid, 'SIGINT')",
    ],
  ])('ends with a program that ends by %s', async (_name, ending) => {
    const module = JSON.stringify(new URL('./mariadb.ts', import.meta.url).href);
    const output = await outputOf(`
      const { startMariaDb } = await import(${module});
      const { port, directory } = await startMariaDb();
      process.stdout.write(JSON.stringify({ port, directory }), () => { ${ending} });
    `);
    const { port, directory } = JSON.parse(output) as { port: number; directory: string };
    // Not by its id: an orphan keeps that until the system's first process notices.
    await expect.poll(() => takesConnections(port)).toBe(false);
    expect(existsSync(directory)).toBe(false);
  });
});
