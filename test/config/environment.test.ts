import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { loadEnvFile, processEnvironment, readSecretFiles } from '../../src/config/environment.ts';

const NAME = 'SHIPSTATION_TEST_OF_ENV_FILES';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'env-'));
  vi.stubEnv(NAME, undefined);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function envFile(content: string): string {
  const file = join(folder, 'my.env');
  writeFileSync(file, content);
  return file;
}

describe('an env file', () => {
  test('is loaded into the environment', () => {
    expect(loadEnvFile(envFile(`${NAME}="a #1"\n`))).toEqual({ names: [NAME], problem: undefined });
    expect(processEnvironment()[NAME]).toBe('a #1');
  });

  test('yields to what the environment has already', () => {
    vi.stubEnv(NAME, 'from outside');
    expect(loadEnvFile(envFile(`\ufeff${NAME}=from the file\n`)).names).toEqual([NAME]);
    expect(processEnvironment()[NAME]).toBe('from outside');
  });

  test('counts anew when it is loaded again, and what it no longer has is gone', () => {
    loadEnvFile(envFile(`${NAME}=before\n`));
    loadEnvFile(envFile(`${NAME}=after\n`));
    expect(processEnvironment()[NAME]).toBe('after');
    loadEnvFile(envFile(`OTHER_${NAME}=x\n`));
    expect(processEnvironment()[NAME]).toBeUndefined();
    loadEnvFile(envFile(''));
    expect(processEnvironment()[`OTHER_${NAME}`]).toBeUndefined();
  });

  test('yields to what the environment has already, however often it is loaded', () => {
    vi.stubEnv(NAME, 'from outside');
    for (const value of ['one', 'two']) loadEnvFile(envFile(`${NAME}=${value}\n`));
    expect(processEnvironment()[NAME]).toBe('from outside');
  });

  test('that cannot be read leaves what was loaded before', () => {
    loadEnvFile(envFile(`${NAME}=before\n`));
    loadEnvFile(join(folder, 'none.env'));
    expect(processEnvironment()[NAME]).toBe('before');
    loadEnvFile(envFile(''));
  });

  test('that is named and not there is a problem', () => {
    const file = join(folder, 'none.env');
    expect(loadEnvFile(file)).toEqual({ names: [], problem: `${file}: cannot be read (ENOENT)` });
  });

  test('of the folder is taken where none is named, and need not be there', () => {
    const before = process.cwd();
    onTestFinished(() => process.chdir(before));
    process.chdir(folder);
    expect(loadEnvFile(undefined).problem).toBeUndefined();
    expect(processEnvironment()[NAME]).toBeUndefined();
    writeFileSync('.env', `${NAME}=from the folder\n`);
    expect(loadEnvFile(undefined).problem).toBeUndefined();
    expect(processEnvironment()[NAME]).toBe('from the folder');
  });

  test('that is a folder is a problem', () => {
    expect(loadEnvFile(folder).problem).toMatch(/cannot be read \(.+\)$/);
  });
});

describe('files of secrets', () => {
  const read = (environment: Readonly<Record<string, string>>) =>
    readSecretFiles(environment, [NAME, 'OTHER']);

  test('are none where no variable names one', async () => {
    expect(await read({ [NAME]: 'x', [`${NAME}_FILE`]: ' ' })).toBeUndefined();
    expect(await read({ UNASKED_FILE: '/etc/passwd' })).toBeUndefined();
  });

  test('differ when one of them does, is put elsewhere, or goes', async () => {
    const [one, two] = [join(folder, 'one'), join(folder, 'two')];
    const both = { [`${NAME}_FILE`]: one, OTHER_FILE: two };
    const states: (string | undefined)[] = [];
    writeFileSync(one, 'a');
    writeFileSync(two, 'b');
    states.push(await read(both));
    expect(await read(both)).toBe(states[0]);
    writeFileSync(two, 'c');
    states.push(await read(both));
    rmSync(one);
    states.push(await read(both), await read({ OTHER_FILE: two }));
    expect(new Set(states).size).toBe(4);
  });
});
