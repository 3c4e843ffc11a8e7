#!/usr/bin/env node
import { Command, Option } from 'commander';
import { install } from './commands/install.ts';
import { CannotListen, serve } from './commands/serve.ts';
import type { Config } from './config/config.ts';
import { loadEnvFile, processEnvironment } from './config/environment.ts';
import { InvalidConfig, readConfig, unknownVariables } from './config/read-config.ts';
import { VERSION } from './version.ts';

const program = new Command('cscart-shipstation')
  .description('Lets ShipStation import the orders of a CS-Cart store and writes each shipment back.')
  .version(VERSION)
  .option('--env-file <file>', 'read settings from this file instead of ./.env');

program
  .command('serve')
  .description('answer ShipStation until the process is told to stop')
  .action(async () => serve(configOrExit()));

program
  .command('install')
  .description("create the bridge's own tables in the database")
  .addOption(
    new Option(
      '--print',
      'only print the SQL: for the tables, and for an account with no more rights than needed',
    ).conflicts('remove'),
  )
  .option('--remove', "drop the bridge's own tables, with all that they remember")
  .action(async (options: { print?: boolean; remove?: boolean }) => install(configOrExit(), options));

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CannotListen)) throw error;
  exitWith(error.message);
}

function configOrExit(): Config {
  const { envFile } = program.opts<{ envFile?: string }>();
  const file = loadEnvFile(envFile);
  if (file.problem !== undefined) exitWith(file.problem);
  try {
    const environment = processEnvironment();
    for (const name of unknownVariables(environment, file.names)) {
      process.stderr.write(`cscart-shipstation: ${name} is no setting of the bridge; is it misspelt?\n`);
    }
    return readConfig(environment);
  } catch (error) {
    if (!(error instanceof InvalidConfig)) throw error;
    exitWith(`${error.message}\nEach variable is explained in .env.example.`);
  }
}

function exitWith(message: string): never {
  process.stderr.write(`cscart-shipstation: ${message}\n`);
  process.exit(1);
}
