// node scripts/prepare.mjs [--mariadb] [--build] [--exec command args…]
//
// Makes a fresh checkout ready, doing only what is missing: installs the packages of package-lock.json, a MariaDB
// server (--mariadb) and the compiled program (--build), then runs the command. All of it in plain Node, because it
// runs before there are any packages.

import { rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { programIsBuilt } from './built-program.mjs';
import { ensureMariaDb } from './install-mariadb.mjs';
import { packagesAreInstalled } from './installed-packages.mjs';
import { runCommand } from './run-command.mjs';

/** The oldest Node that vite, which vitest stands on, and the program itself run on. */
const OLDEST_NODE = [20, 19];

const root = fileURLToPath(new URL('..', import.meta.url));

process.exitCode = await prepare(process.argv.slice(2));

/** @returns {Promise<number>} the exit code: that of the command, or of the first step that failed */
async function prepare(args) {
  const execAt = args.indexOf('--exec');
  const flags = execAt < 0 ? args : args.slice(0, execAt);
  const [command, ...commandArgs] = execAt < 0 ? [] : args.slice(execAt + 1);
  const unknown = flags.find((flag) => flag !== '--mariadb' && flag !== '--build');
  if (unknown !== undefined) return refuse(`${unknown} is not one of --mariadb, --build, --exec.`);
  if (execAt >= 0 && command === undefined) return refuse('--exec names no command.');
  if (!nodeIsNewEnough()) {
    return refuse(
      `Node.js ${process.versions.node} is too old; ${OLDEST_NODE.join('.')} or newer is needed.`,
    );
  }

  const mustBuild = flags.includes('--build') && !programIsBuilt(root);
  const withDevelopment = mustBuild || command !== undefined;
  if (!packagesAreInstalled(root, { withDevelopment })) {
    console.log('prepare: installing the packages of package-lock.json');
    const exitCode = await npm('ci', '--include=dev', '--loglevel=error', '--no-audit', '--no-fund');
    if (exitCode !== 0) return exitCode;
  }
  if (flags.includes('--mariadb') && !ensureMariaDb()) return 1;
  if (mustBuild) {
    console.log('prepare: compiling src/ into dist/');
    const exitCode = await npm('run', '--silent', 'build');
    if (exitCode !== 0) {
      // The compiler writes its output in spite of type errors; without this the next start would run it.
      rmSync(join(root, 'dist', 'main.js'), { force: true });
      return exitCode;
    }
  }
  if (command === undefined) return 0;
  const PATH = `${join(root, 'node_modules', '.bin')}${delimiter}${process.env['PATH'] ?? ''}`;
  // The TypeScript runner would leave a cache in the temporary folder.
  const env = { TSX_DISABLE_CACHE: '1', ...process.env, PATH };
  return runCommand(command, commandArgs, { env });
}

function refuse(sentence) {
  console.error(`prepare: ${sentence}`);
  return 1;
}

function nodeIsNewEnough() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

/** The npm that runs this script, if one does; else the one on the PATH. */
function npm(...args) {
  const running = process.env['npm_execpath'] ?? '';
  if (/npm-cli\.[cm]?js$/.test(running))
    return runCommand(process.execPath, [running, ...args], { cwd: root });
  return runCommand('npm', args, { cwd: root });
}
