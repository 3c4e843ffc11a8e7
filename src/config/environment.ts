import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';

/** Environment variables by name; empty ones count as not given. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** An env file that was loaded, or what is wrong with it. */
export interface LoadedEnvFile {
  /** The names that it sets. */
  readonly names: readonly string[];
  /** A sentence for the admin. */
  readonly problem?: string | undefined;
}

// What the environment has from an env file: when the file is loaded again, it counts no more than before.
const ofFile = new Map<string, string>();

/**
 * Loads an env file into the environment; what the environment has already counts more, unless an env file has put it
 * there that was loaded before. Without a name `./.env` is taken if it is there.
 */
export function loadEnvFile(file: string | undefined): LoadedEnvFile {
  try {
    const given = parseEnv(readFileSync(file ?? '.env', 'utf8').replace(/^\ufeff/, ''));
    for (const [name, value] of ofFile) if (process.env[name] === value) delete process.env[name];
    ofFile.clear();
    for (const [name, value] of Object.entries(given)) {
      if (process.env[name] !== undefined || value === undefined) continue;
      process.env[name] = value;
      ofFile.set(name, value);
    }
    const damaged = Object.entries(given).find(([, value]) => value?.includes('\ufffd'));
    return {
      names: Object.keys(given),
      problem: damaged && `${file ?? '.env'}: ${damaged[0]} has a damaged letter; save the file as UTF-8`,
    };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    if (file === undefined && code === 'ENOENT') return { names: [] };
    return { names: [], problem: `${file ?? '.env'}: cannot be read (${code})` };
  }
}

/** The process's environment: the one place where it is read. */
export function processEnvironment(): Environment {
  return process.env;
}

/**
 * The value of a variable, or of the file that `NAME_FILE` names (a Docker or Kubernetes secret), without the line
 * break at its end. `undefined` when neither is given. Problems are added to `problems`.
 */
export function readVariable(environment: Environment, name: string, problems: string[]): string | undefined {
  const given = environment[name];
  const value = given === undefined || given.trim() === '' ? undefined : given;
  const file = environment[`${name}_FILE`]?.trim() || undefined;
  if (value !== undefined && file !== undefined) {
    problems.push(`${name}: is given twice, as ${name} and as ${name}_FILE`);
    return value;
  }
  if (file === undefined) return value;
  try {
    return readFileSync(file, 'utf8').replace(/[\r\n]+$/, '') || undefined;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    problems.push(`${name}_FILE: the file ${file} cannot be read (${code})`);
    return undefined;
  }
}

/**
 * The contents of the files that `NAME_FILE` of these variables name, as one text that differs if any of them does; of one
 * that cannot be read, its name alone. `undefined` where no variable names a file. For comparing, not for reading: it holds
 * secrets.
 */
export async function readSecretFiles(
  environment: Environment,
  names: readonly string[],
): Promise<string | undefined> {
  const files = names.flatMap((name) => environment[`${name}_FILE`]?.trim() || []);
  if (files.length === 0) return undefined;
  const contents = await Promise.all(
    files.map(async (file) => [file, await readFile(file, 'utf8').catch(() => undefined)]),
  );
  return JSON.stringify(contents);
}
