import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findMariaDb } from '../../scripts/find-mariadb.mjs';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'find-mariadb-'));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

const MARIADB = 'mariadbd  Ver 11.4.2-MariaDB for Linux on x86_64';
const MYSQL = 'mysqld  Ver 8.4.0 for Linux on x86_64 (MySQL Community Server - GPL)';

function program(path: string, says = '', mode = 0o755): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\necho '${says}'\n`, { mode });
  return file;
}

/** Puts both SQL files into a folder and gives their paths. */
function systemTables(folder: string, brand = 'mariadb'): string[] {
  return ['system_tables', 'performance_tables'].map((part) => {
    const file = join(root, folder, `${brand}_${part}.sql`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '-- system tables');
    return file;
  });
}

const find = (...folders: string[]) =>
  findMariaDb(
    folders.map((folder) => join(root, folder)),
    [join(root, 'share')],
  );

describe('findMariaDb', () => {
  it('finds the server of this machine, which these tests need anyway', () => {
    const found = findMariaDb();
    expect(found?.server).toMatch(/\/(mariadbd|mysqld)$/);
    expect(found?.systemTables).toEqual([
      expect.stringMatching(/_system_tables\.sql$/),
      expect.stringMatching(/_performance_tables\.sql$/),
    ]);
  });

  it.each([
    ['mariadbd', 'mariadb'],
    ['mysqld', 'mysql'],
  ])('finds %s with the SQL files of %s', (name, brand) => {
    const server = program(`sbin/${name}`, MARIADB);
    expect(find('empty', 'sbin')).toBeUndefined();
    const files = systemTables('share', brand);
    expect(find('empty', 'sbin')).toEqual({ server, systemTables: files });
  });

  it.each(['share', 'share/mysql', 'share/mariadb'])(
    'prefers the SQL files in %s of the same installation',
    (folder) => {
      systemTables('share');
      const server = program('opt/sbin/mariadbd', MARIADB);
      const files = systemTables(`opt/${folder}`);
      expect(find('opt/sbin')).toEqual({ server, systemTables: files });
    },
  );

  it('prefers the first folder', () => {
    const files = systemTables('share');
    const server = program('first/mysqld', MARIADB);
    program('second/mariadbd', MARIADB);
    expect(find('first', 'second')).toEqual({ server, systemTables: files });
  });

  it.each<[string, () => void]>([
    ['nothing', () => {}],
    ["Oracle's MySQL", () => program('bin/mysqld', MYSQL)],
    ['a server that cannot be run', () => program('bin/mariadbd', MARIADB, 0o644)],
    ['a folder of that name', () => mkdirSync(join(root, 'bin', 'mariadbd'), { recursive: true })],
    ['a program that says nothing', () => program('bin/mariadbd')],
  ])('passes over %s', (_name, put) => {
    systemTables('share');
    put();
    expect(find('bin')).toBeUndefined();
  });

  it('passes over a server of which only one SQL file is there', () => {
    program('bin/mariadbd', MARIADB);
    const [, second = ''] = systemTables('share');
    rmSync(second);
    expect(find('bin')).toBeUndefined();
  });

  it("goes on behind Oracle's MySQL", () => {
    const files = systemTables('share');
    program('first/mysqld', MYSQL);
    const server = program('second/mariadbd', MARIADB);
    expect(find('first', 'second')).toEqual({ server, systemTables: files });
  });
});
