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

/**
 * The MariaDB server program and the program that makes a data directory for it. Oracle's MySQL, whose server is called
 * `mysqld` too, is passed over, and so is a server without its installer.
 *
 * @param {readonly string[]} [folders] where to look, in this order
 * @returns {{ server: string, installDb: string } | undefined}
 */
export function findMariaDb(folders = searchedFolders()) {
  for (const folder of folders) {
    for (const name of ['mariadbd', 'mysqld']) {
      const server = join(folder, name);
      if (!isProgram(server) || !isMariaDb(server)) continue;
      const installDb = findInstaller(server, folders);
      if (installDb !== undefined) return { server, installDb };
    }
  }
  return undefined;
}

/** Beside the server first, so that the two are of one version where several are installed. */
function findInstaller(server, folders) {
  const home = dirname(dirname(realpathSync(server)));
  for (const folder of [dirname(server), join(home, 'bin'), join(home, 'scripts'), ...folders]) {
    for (const name of ['mariadb-install-db', 'mysql_install_db']) {
      const installDb = join(folder, name);
      if (isProgram(installDb)) return installDb;
    }
  }
  return undefined;
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
