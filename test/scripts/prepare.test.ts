import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const SCRIPTS = fileURLToPath(new URL('../../scripts', import.meta.url));

let root: string;

/** A project of its own: the scripts, one package that lies beside it (so nothing is downloaded), and a "compiler". */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'prepare-'));
  cpSync(SCRIPTS, join(root, 'scripts'), { recursive: true });
  mkdirSync(join(root, 'src'));
  writeFileSync(join(root, 'src', 'main.ts'), 'first');
  for (const name of ['tool', 'dev-tool']) {
    mkdirSync(join(root, name));
    writeFileSync(
      join(root, name, 'package.json'),
      JSON.stringify({ name, version: '1.0.0', bin: './bin.mjs' }),
    );
    writeFileSync(
      join(root, name, 'bin.mjs'),
      "#!/usr/bin/env node\nconsole.log('ran', ...process.argv.slice(2));\n",
      {
        mode: 0o755,
      },
    );
  }
  writePackageJson();
  writeLock();
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function writePackageJson(build = 'mkdir -p dist && cp src/main.ts dist/main.js') {
  writeFileSync(
    join(root, 'package.json'),
    JSON.stringify({
      name: 'project',
      version: '1.0.0',
      dependencies: { tool: 'file:./tool' },
      devDependencies: { 'dev-tool': 'file:./dev-tool' },
      scripts: { build },
    }),
  );
}

function writeLock(changes: Record<string, unknown> = {}) {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const packages = {
    '': { name: 'project', version: '1.0.0', dependencies, devDependencies },
    'dev-tool': { version: '1.0.0', dev: true, bin: { 'dev-tool': 'bin.mjs' } },
    'node_modules/dev-tool': { resolved: 'dev-tool', link: true },
    'node_modules/tool': { resolved: 'tool', link: true },
    tool: { version: '1.0.0', bin: { tool: 'bin.mjs' } },
    ...changes,
  };
  writeFileSync(
    join(root, 'package-lock.json'),
    JSON.stringify({ name: 'project', lockfileVersion: 3, packages }),
  );
}

/** What npm leaves behind after an install. */
function pretendInstalled(packages: Record<string, unknown> = lockedPackages()) {
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  writeFileSync(join(root, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }));
}

function lockedPackages(): Record<string, unknown> {
  return JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
}

/** Without what npm tells the scripts that it runs, as it runs this one. */
function environment(extra: Record<string, string> = {}) {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^npm_|^(INIT_CWD|NODE_ENV)$/i.test(name),
  );
  return {
    ...Object.fromEntries(inherited),
    npm_config_offline: 'true',
    npm_config_update_notifier: 'false',
    ...extra,
  };
}

async function prepare(args: readonly string[], extra: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(root, 'scripts', 'prepare.mjs'), ...args], {
    cwd: root,
    env: environment(extra),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = collect(child);
  const [exitCode] = await once(child, 'close');
  return { exitCode, stdout: output.stdout, stderr: output.stderr };
}

function collect(child: ChildProcess) {
  const output = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk) => {
    output.stdout += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    output.stderr += chunk;
  });
  return output;
}

const INSTALLING = 'prepare: installing the packages of package-lock.json';
const COMPILING = 'prepare: compiling src/ into dist/';

describe('packages', () => {
  it('are installed where there are none, and not again', async () => {
    const first = await prepare([]);
    expect(first.stdout).toContain(INSTALLING);
    expect(first.exitCode).toBe(0);
    expect(existsSync(join(root, 'node_modules', 'tool', 'package.json'))).toBe(true);
    expect(existsSync(join(root, 'node_modules', 'dev-tool', 'package.json'))).toBe(true);

    expect(await prepare([])).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  it('are installed with those for development, whatever the environment says', async () => {
    const { exitCode } = await prepare([], { NODE_ENV: 'production' });
    expect(exitCode).toBe(0);
    expect(existsSync(join(root, 'node_modules', 'dev-tool', 'package.json'))).toBe(true);
  });

  it('are left alone where somebody installed them by hand', async () => {
    pretendInstalled();
    writeFileSync(join(root, 'node_modules', 'mark'), '');
    expect(await prepare([])).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    expect(existsSync(join(root, 'node_modules', 'mark'))).toBe(true);
  });

  const one = { version: '1.0.0', integrity: 'sha512-one' };
  it.each<[string, Record<string, unknown>, Record<string, unknown>, boolean]>([
    ['the same', { 'node_modules/a': one }, { 'node_modules/a': one }, false],
    ['another version', { 'node_modules/a': one }, { 'node_modules/a': { ...one, version: '0.9.0' } }, true],
    [
      'other contents',
      { 'node_modules/a': one },
      { 'node_modules/a': { ...one, integrity: 'sha512-two' } },
      true,
    ],
    ['one that is missing', { 'node_modules/a': one }, {}, true],
    ['an optional one that is missing', { 'node_modules/a': { ...one, optional: true } }, {}, false],
    ['one more', {}, { 'node_modules/a': one }, false],
    ['one for development that is missing', { 'node_modules/a': { ...one, dev: true } }, {}, false],
  ])('with %s installed: %#', async (_name, locked, installed, isInstalled) => {
    // A package that no registry has: an attempt to install it fails, offline and on the spot.
    pretendInstalled({ ...lockedPackages(), ...installed });
    writeLock(locked);
    const { stdout } = await prepare([]);
    expect(stdout.includes(INSTALLING)).toBe(isInstalled);
  });

  it('for development must be there for a command', async () => {
    writeLock({ 'node_modules/a': { ...one, dev: true } });
    pretendInstalled();
    const installed = lockedPackages();
    delete installed['node_modules/a'];
    pretendInstalled(installed);
    expect((await prepare([])).stdout).toBe('');
    expect((await prepare(['--exec', 'tool'])).stdout).toContain(INSTALLING);
  });

  it('that cannot be installed end the preparation with the code of npm', async () => {
    writeFileSync(join(root, 'package-lock.json'), '{ damaged');
    const { exitCode, stdout } = await prepare(['--exec', 'tool']);
    expect(exitCode).toBeGreaterThan(0);
    expect(stdout).not.toContain('ran');
  });

  it('are installed again after an installation that was broken off', async () => {
    mkdirSync(join(root, 'node_modules', 'tool'), { recursive: true });
    expect((await prepare([])).stdout).toContain(INSTALLING);
  });
});

describe('--exec', () => {
  it('runs a command of the packages with all that follows', async () => {
    await prepare([]);
    const { exitCode, stdout } = await prepare(['--exec', 'tool', '--mariadb', 'a b', '--once', '']);
    expect(stdout).toBe('ran --mariadb a b --once \n');
    expect(exitCode).toBe(0);
  });

  it.each([0, 1, 3, 130])('ends with the exit code %i of the command', async (exitCode) => {
    pretendInstalled();
    expect((await prepare(['--exec', 'sh', '-c', `exit ${exitCode}`])).exitCode).toBe(exitCode);
  });

  it('ends with 128 and the number of the signal that ended the command', async () => {
    pretendInstalled();
    expect((await prepare(['--exec', 'sh', '-c', 'kill -KILL $$'])).exitCode).toBe(137);
  });

  it('says which command cannot be started', async () => {
    pretendInstalled();
    const { exitCode, stderr } = await prepare(['--exec', 'no-such-command-here']);
    expect(exitCode).toBe(127);
    expect(stderr).toContain('prepare: no-such-command-here could not be started');
  });

  describe.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('on %s', (signal) => {
    /** A command that counts the signals it gets and takes a while to stop. */
    const program = `let times = 0;
      process.on('${signal}', () => {
        times += 1;
        if (times === 1) setTimeout(() => { console.log('stopped', times); process.exit(7) }, 600);
      });
      setInterval(() => {}, 1000); console.log('up');`;

    it.each<[string, (pid: number) => void]>([
      [
        'twice to itself tells the command once',
        (pid) => {
          process.kill(pid, signal);
          process.kill(pid, signal);
        },
      ],
      [
        'to the whole group and to itself tells the command no second time',
        (pid) => {
          process.kill(-pid, signal);
          process.kill(pid, signal);
        },
      ],
    ])('%s and waits for its end', async (_name, send) => {
      pretendInstalled();
      const child = spawn(
        process.execPath,
        [join(root, 'scripts', 'prepare.mjs'), '--exec', process.execPath, '-e', program],
        { cwd: root, env: environment(), stdio: ['ignore', 'pipe', 'pipe'], detached: true },
      );
      const output = collect(child);
      await expect.poll(() => output.stdout, { timeout: 10_000 }).toBe('up\n');
      if (child.pid !== undefined) send(child.pid);
      const [exitCode] = await once(child, 'close');
      expect({ exitCode, stdout: output.stdout }).toEqual({ exitCode: 7, stdout: 'up\nstopped 1\n' });
    });
  });

  it('stops the command when the shell of npm is stopped, which passes nothing on', async () => {
    pretendInstalled();
    const program = `process.on('SIGTERM', () => { console.log('stopped'); process.exit() });
      setInterval(() => {}, 1000); console.log('up');`;
    // The echo keeps the shell from becoming the command itself.
    const shell = spawn(
      'sh',
      ['-c', '"$0" scripts/prepare.mjs --exec "$0" -e "$1"; echo', process.execPath, program],
      {
        cwd: root,
        env: environment({ npm_lifecycle_event: 'demo' }),
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const output = collect(shell);
    await expect.poll(() => output.stdout, { timeout: 10_000 }).toBe('up\n');
    shell.kill('SIGTERM');
    await once(shell, 'close');
    expect(output.stdout).toBe('up\nstopped\n');
  });

  it('is refused without a command', async () => {
    expect(await prepare(['--exec'])).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'prepare: --exec names no command.\n',
    });
  });
});

describe('--build', () => {
  const built = () => readFileSync(join(root, 'dist', 'main.js'), 'utf8');
  const later = (path: string) => utimesSync(path, new Date(Date.now() + 5000), new Date(Date.now() + 5000));

  it('compiles what was never compiled, and not again', async () => {
    pretendInstalled();
    expect(await prepare(['--build'])).toMatchObject({ exitCode: 0, stdout: `${COMPILING}\n` });
    expect(built()).toBe('first');
    expect(await prepare(['--build'])).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  it.each<[string, () => void]>([
    ['a source changed', () => later(join(root, 'src', 'main.ts'))],
    [
      'a source deep inside changed',
      () => {
        mkdirSync(join(root, 'src', 'a', 'b'), { recursive: true });
        writeFileSync(join(root, 'src', 'a', 'b', 'c.ts'), '');
        later(join(root, 'src', 'a', 'b', 'c.ts'));
      },
    ],
    ['a source was removed', () => later(join(root, 'src'))],
    [
      'the settings of the compiler changed',
      () => {
        writeFileSync(join(root, 'tsconfig.build.json'), '{}');
        later(join(root, 'tsconfig.build.json'));
      },
    ],
  ])('compiles again after %s', async (_name, change) => {
    pretendInstalled();
    await prepare(['--build']);
    change();
    expect((await prepare(['--build'])).stdout).toContain(COMPILING);
  });

  it('fails with the compiler, and next time tries again', async () => {
    writePackageJson('mkdir -p dist && cp src/main.ts dist/main.js && exit 2');
    pretendInstalled();
    expect((await prepare(['--build'])).exitCode).toBe(2);
    expect(existsSync(join(root, 'dist', 'main.js'))).toBe(false);
    expect((await prepare(['--build'])).stdout).toContain(COMPILING);
  });

  it('compiles nothing where there are no sources', async () => {
    pretendInstalled();
    await prepare(['--build']);
    rmSync(join(root, 'src'), { recursive: true });
    expect(await prepare(['--build'])).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });
});

describe('what cannot be', () => {
  it('refuses an unknown flag', async () => {
    const { exitCode, stderr } = await prepare(['--marriadb']);
    expect(exitCode).toBe(1);
    expect(stderr).toBe('prepare: --marriadb is not one of --mariadb, --build, --exec.\n');
  });

  it.each([
    ['18.20.8', false],
    ['20.18.3', false],
    ['20.19.0', true],
    ['21.0.0', true],
    ['22.11.0', true],
    ['24.1.0', true],
  ])('with Node.js %s is decided by its version', async (version, isEnough) => {
    pretendInstalled();
    // Another version cannot be run here, but the script can be told that it is one.
    const disguise = join(root, 'disguise.mjs');
    writeFileSync(disguise, `Object.defineProperty(process.versions, 'node', { value: '${version}' });`);
    const { exitCode, stderr } = await prepare([], { NODE_OPTIONS: `--import=${disguise}` });
    expect(exitCode).toBe(isEnough ? 0 : 1);
    expect(stderr).toBe(
      isEnough ? '' : `prepare: Node.js ${version} is too old; 20.19 or newer is needed.\n`,
    );
  });
});
