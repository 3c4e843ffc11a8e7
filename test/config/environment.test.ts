import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { loadEnvFile, processEnvironment } from '../../src/config/environment.ts';

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
