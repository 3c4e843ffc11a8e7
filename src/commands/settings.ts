import type { Config } from '../config/config.ts';
import { type Environment, loadEnvFile, processEnvironment } from '../config/environment.ts';
import { readConfig, unknownVariables } from '../config/read-config.ts';
import { CommandFailed } from './failure.ts';

/** Gives the configuration when a command asks for it: not before its own arguments have been found right. */
export type Settings = () => Config;

/** What the admin has written, before it is known whether it can be used. */
export interface LoadedSettings {
  readonly environment: Environment;
  /** Names that look like settings of the bridge and are none. */
  readonly unknown: readonly string[];
}

/** Loads the env file and the environment. Throws {@link CommandFailed} for a file that cannot be read. */
export function loadSettings(envFile: string | undefined): LoadedSettings {
  const file = loadEnvFile(envFile);
  if (file.problem !== undefined) throw new CommandFailed(file.problem, { exitCode: 2 });
  const environment = processEnvironment();
  return { environment, unknown: unknownVariables(environment, file.names) };
}

/**
 * The configuration of the env file and the environment. Names that look like settings but are none are said on standard
 * error. Throws as {@link loadSettings} does, and `InvalidConfig`.
 */
export function readSettings(envFile: string | undefined): Config {
  const { environment, unknown } = loadSettings(envFile);
  for (const name of unknown)
    process.stderr.write(`cscart-shipstation: ${name} is no setting of the bridge; is it misspelt?\n`);
  return readConfig(environment);
}
