import type { Command } from 'commander';
import { checkStore } from '../bridge/check-store/check-store.ts';
import type { Finding } from '../bridge/check-store/finding.ts';
import { checkConfiguration } from './check-configuration.ts';
import { checkService } from './check-service.ts';
import { reportFindings } from './report-findings.ts';
import type { LoadedSettings } from './settings.ts';

/** Adds `check` to the program. */
export function addCheck(program: Command, loaded: () => LoadedSettings): void {
  program
    .command('check')
    .description('look at everything that can be wrong, and say what to do about it; changes nothing')
    .option('--json', 'print the findings for machines')
    .addHelpText('after', '\nExit code: 0 without a problem, 1 with one, 2 where it could not look.')
    .action(async ({ json = false }: { json?: boolean }) => reportFindings(lookAtEverything(loaded()), json));
}

async function* lookAtEverything(loaded: LoadedSettings): AsyncGenerator<Finding> {
  const { findings, config } = checkConfiguration(loaded);
  yield* findings;
  if (!config) return;
  yield* checkStore(config);
  yield await checkService(config);
}
