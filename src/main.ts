#!/usr/bin/env node
import { Command } from 'commander';
import { addCheck } from './commands/check.ts';
import { addConnect } from './commands/connect.ts';
import { addExport } from './commands/export.ts';
import { exitCodeOf, explainFailure } from './commands/failure.ts';
import { keepPagesInYoungGeneration } from './commands/heap.ts';
import { addInstall } from './commands/install.ts';
import { addNotices } from './commands/notices.ts';
import { addPreview } from './commands/preview.ts';
import { addServe } from './commands/serve.ts';
import { loadSettings, readSettings, type Settings } from './commands/settings.ts';
import { VERSION } from './version.ts';

const COULD_NOT_RUN = 2;

keepPagesInYoungGeneration();

const program = new Command('cscart-shipstation')
  .description('Lets ShipStation import the orders of a CS-Cart store and writes each shipment back.')
  .version(VERSION)
  .option('--env-file <file>', 'read settings from this file instead of ./.env')
  .showSuggestionAfterError()
  // Before the commands are added: each of them takes it over.
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : COULD_NOT_RUN));

const envFile = () => program.opts<{ envFile?: string }>().envFile;
const settings: Settings = () => readSettings(envFile());
for (const addCommand of [addServe, addInstall, addPreview, addExport, addConnect, addNotices])
  addCommand(program, settings);
addCheck(program, () => loadSettings(envFile()));

// Whoever reads the output may have read enough, as `head` has.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(1);
  process.stderr.write(`cscart-shipstation: standard output cannot be written (${error.code})\n`);
  process.exit(COULD_NOT_RUN);
});

try {
  await program.parseAsync();
} catch (error) {
  const sentence = explainFailure(error);
  if (sentence === undefined) throw error;
  process.stderr.write(`cscart-shipstation: ${sentence}\n`);
  process.exit(exitCodeOf(error));
}
