import { spawnSync } from 'node:child_process';
import { findMariaDb } from './find-mariadb.mjs';

/** The server's programs alone: this package has no service, so installing it starts nothing. */
const DEBIAN_PACKAGE = 'mariadb-server-core';

const APT_GET = 'apt-get';

/**
 * Makes sure that there is a MariaDB server for the tests, installing it where that needs no question: as root on a
 * Debian-like system, which is what containers and build machines are.
 *
 * @returns {boolean} whether there is one now
 */
export function ensureMariaDb() {
  if (findMariaDb() !== undefined) return true;
  if (process.getuid?.() === 0 && hasApt()) {
    console.log(`prepare: installing ${DEBIAN_PACKAGE} with ${APT_GET}`);
    // A bare image has no package lists. Where updating them fails, the lists that are there may still do.
    const updating = aptGet('update');
    const installing = aptGet('install', '-y', '--no-install-recommends', DEBIAN_PACKAGE);
    if (installing.status === 0 && findMariaDb() !== undefined) return true;
    for (const { stdout, stderr } of [updating, installing])
      process.stderr.write(`${stdout ?? ''}${stderr ?? ''}`);
  }
  console.error(
    `prepare: no MariaDB server was found; install one (Debian, Ubuntu: sudo apt-get install ${DEBIAN_PACKAGE}; ` +
      'Fedora: sudo dnf install mariadb-server; macOS: brew install mariadb) and run this again.',
  );
  return false;
}

function hasApt() {
  return spawnSync(APT_GET, ['--version']).status === 0;
}

function aptGet(...args) {
  return spawnSync(APT_GET, ['-q', '-o', 'DPkg::Lock::Timeout=300', ...args], {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
