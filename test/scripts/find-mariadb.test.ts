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

const find = (...folders: string[]) => findMariaDb(folders.map((folder) => join(root, folder)));

describe('findMariaDb', () => {
  it('finds the server of this machine, which these tests need anyway', () => {
    const found = findMariaDb();
    expect(found?.server).toMatch(/\/(mariadbd|mysqld)$/);
    expect(found?.installDb).toMatch(/\/(mariadb-install-db|mysql_install_db)$/);
  });

  it('finds a server and its installer in one folder', () => {
    const server = program('bin/mariadbd', MARIADB);
    const installDb = program('bin/mariadb-install-db');
    expect(find('empty', 'bin')).toEqual({ server, installDb });
  });

  it('finds them by their old names', () => {
    const server = program('sbin/mysqld', MARIADB);
    const installDb = program('bin/mysql_install_db');
    expect(find('sbin', 'bin')).toEqual({ server, installDb });
  });

  it.each(['bin', 'scripts'])('finds the installer in the folder %s of the same installation', (folder) => {
    const server = program('opt/sbin/mariadbd', MARIADB);
    const installDb = program(`opt/${folder}/mariadb-install-db`);
    expect(find('opt/sbin')).toEqual({ server, installDb });
  });

  it('prefers the installer of the same installation', () => {
    program('other/bin/mariadb-install-db');
    const server = program('opt/sbin/mariadbd', MARIADB);
    const installDb = program('opt/bin/mariadb-install-db');
    expect(find('other/bin', 'opt/sbin')).toEqual({ server, installDb });
  });

  it('prefers the first folder', () => {
    const server = program('first/mysqld', MARIADB);
    const installDb = program('first/mysql_install_db');
    program('second/mariadbd', MARIADB);
    expect(find('first', 'second')).toEqual({ server, installDb });
  });

  it.each<[string, () => void]>([
    ['nothing', () => {}],
    ["Oracle's MySQL", () => program('bin/mysqld', MYSQL)],
    ['a server that cannot be run', () => program('bin/mariadbd', MARIADB, 0o644)],
    ['a folder of that name', () => mkdirSync(join(root, 'bin', 'mariadbd'), { recursive: true })],
    ['a program that says nothing', () => program('bin/mariadbd')],
  ])('passes over %s', (_name, put) => {
    program('bin/mariadb-install-db');
    put();
    expect(find('bin')).toBeUndefined();
  });

  it('passes over a server without an installer', () => {
    program('bin/mariadbd', MARIADB);
    program('bin/mariadb-install-db', '', 0o644);
    expect(find('bin')).toBeUndefined();
  });

  it("goes on behind Oracle's MySQL", () => {
    program('first/mysqld', MYSQL);
    const server = program('second/mariadbd', MARIADB);
    const installDb = program('second/mariadb-install-db');
    expect(find('first', 'second')).toEqual({ server, installDb });
  });
});
