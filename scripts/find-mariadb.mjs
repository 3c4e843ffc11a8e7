import { spawnSync } from 'node:child_process';
import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/**
 * Where servers live that are not on the PATH of an ordinary user: Debian, Red Hat, source and Homebrew installs.
 */
const WELL_KNOWN_FOLDERS = [
  '/usr/sbin',
  '/usr/bin',
  '/usr/libexec',
  '/usr/local/sbin',
  '/usr/local/bin',
  '/usr/local/libexec',
  '/usr/local/mysql/bin',
  '/usr/local/mariadb/bin',
  '/usr/local/opt/mariadb/bin',
  '/opt/homebrew/bin',
  '/opt/homebrew/opt/mariadb/bin',
  '/opt/local/lib/mariadb/bin',
];

/** @returns {string[]} the folders of PATH, then the well-known ones */
function searchedFolders() {
  const onPath = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return [...new Set([...onPath, ...WELL_KNOWN_FOLDERS])];
}

/** Where distributions put the SQL files of the system tables: Debian, Red Hat, builds under /usr/local. */
const SHARE_FOLDERS = ['/usr/share/mysql', '/usr/share/mariadb', '/usr/local/share/mysql'];

/**
 * The MariaDB server program and the SQL files that make its system tables, in the order in which they run. Oracle's
 * MySQL, whose server is called `mysqld` too, is passed over, and so is a server without these files.
 *
 * @param {readonly string[]} [folders] where to look, in this order
 * @param {readonly string[]} [shareFolders] where to look for the SQL files that do not lie beside the server
 * @returns {{ server: string, systemTables: readonly string[] } | undefined}
 */
export function findMariaDb(folders = searchedFolders(), shareFolders = SHARE_FOLDERS) {
  for (const folder of folders) {
    for (const name of ['mariadbd', 'mysqld']) {
      const server = join(folder, name);
      if (!isProgram(server) || !isMariaDb(server)) continue;
      const systemTables = findSystemTables(server, shareFolders);
      if (systemTables !== undefined) return { server, systemTables };
    }
  }
  return undefined;
}

/** Those of the same installation first, so that they fit the server where several are installed. */
function findSystemTables(server, shareFolders) {
  const home = dirname(dirname(realpathSync(server)));
  for (const folder of [
    join(home, 'share', 'mysql'),
    join(home, 'share', 'mariadb'),
    join(home, 'share'),
    ...shareFolders,
  ]) {
    // The names changed from mysql_* to mariadb_* with MariaDB 11.
    for (const brand of ['mysql', 'mariadb']) {
      const files = ['system_tables', 'performance_tables'].map((part) =>
        join(folder, `${brand}_${part}.sql`),
      );
      if (files.every((file) => isReadable(file))) return files;
    }
  }
  return undefined;
}

function isReadable(path) {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function isMariaDb(server) {
  const { stdout } = spawnSync(server, ['--no-defaults', '--version'], { encoding: 'utf8', timeout: 20_000 });
  return typeof stdout === 'string' && stdout.includes('MariaDB');
}
