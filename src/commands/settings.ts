import type { Config } from '../config/config.ts';
import { loadEnvFile, processEnvironment } from '../config/environment.ts';
import { readConfig, unknownVariables } from '../config/read-config.ts';
import { CommandFailed } from './failure.ts';

/** Gives the configuration when a command asks for it: not before its own arguments have been found right. */
export type Settings = () => Config;

/**
 * Reads the env file and the environment. Names that look like settings but are none are said on standard error. Throws
 * {@link CommandFailed} for a file that cannot be read, and `InvalidConfig`.
 */
export function readSettings(envFile: string | undefined): Config {
  const file = loadEnvFile(envFile);
  if (file.problem !== undefined) throw new CommandFailed(file.problem);
  const environment = processEnvironment();
  for (const name of unknownVariables(environment, file.names))
    process.stderr.write(`cscart-shipstation: ${name} is no setting of the bridge; is it misspelt?\n`);
  return readConfig(environment);
}
