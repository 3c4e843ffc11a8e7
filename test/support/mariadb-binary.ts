import { execFileSync } from 'node:child_process';
import { accessSync, constants, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where distributions put the server: Debian in /usr/sbin, Red Hat in /usr/libexec, builds under /usr/local. */
const DIRECTORIES = ['/usr/sbin', '/usr/local/sbin', '/usr/libexec', '/usr/bin', '/usr/local/bin'];

const SHARE_DIRECTORIES = ['/usr/share/mysql', '/usr/share/mariadb', '/usr/local/share/mysql'];

export interface MariaDbBinary {
  readonly server: string;
  /** The SQL files that make the system tables, without any account, in the order in which they must run. */
  readonly systemTables: readonly string[];
}

/** Finds the MariaDB server of this machine. Throws an `Error` that says what to install. */
export function findMariaDb(path = process.env['PATH'] ?? ''): MariaDbBinary {
  const directories = [...path.split(':').filter((directory) => directory !== ''), ...DIRECTORIES];
  for (const name of ['mariadbd', 'mysqld']) {
    for (const directory of directories) {
      const server = join(directory, name);
      if (isReadable(server, constants.X_OK) && isMariaDb(server)) {
        return { server, systemTables: findSystemTables(server) };
      }
    }
  }
  throw new Error('No MariaDB server found: install the package mariadb-server-core (or mariadb-server).');
}

function isMariaDb(server: string): boolean {
  return execFileSync(server, ['--no-defaults', '--version'], { encoding: 'utf8' }).includes('MariaDB');
}

function findSystemTables(server: string): readonly string[] {
  const installation = dirname(dirname(realpathSync(server)));
  const directories = [join(installation, 'share/mysql'), join(installation, 'share'), ...SHARE_DIRECTORIES];
  // The names changed from mysql_* to mariadb_* with MariaDB 11.
  for (const directory of directories) {
    for (const brand of ['mysql', 'mariadb']) {
      const files = ['system_tables', 'performance_tables'].map((part) =>
        join(directory, `${brand}_${part}.sql`),
      );
      if (files.every((file) => isReadable(file, constants.R_OK))) return files;
    }
  }
  throw new Error(
    `The SQL files of the system tables are missing beside ${server}, in ${directories.join(', ')}.`,
  );
}

function isReadable(file: string, mode: number): boolean {
  try {
    accessSync(file, mode);
    return true;
  } catch {
    return false;
  }
}
