import type { Command } from 'commander';
import { type ConnectionForm, connectionForm } from './connection/form.ts';
import type { Settings } from './settings.ts';
import { bold, dim, say } from './terminal.ts';

/** Adds `connect` to the program. */
export function addConnect(program: Command, settings: Settings): void {
  program
    .command('connect')
    .description('say what to type into ShipStation to connect the store')
    .option('--json', 'print it for machines')
    .action(({ json = false }: { json?: boolean }) => {
      const form = connectionForm(settings());
      if (json) say(JSON.stringify(form, null, 2));
      else printForm(form);
    });
}

function printForm({ vocabulary, path, fields, words, hints }: ConnectionForm): void {
  say(bold(`In ShipStation: ${path.join(' → ')}`));
  say();
  say(aligned(fields.map(({ field, value }) => [field, value])));
  say();
  if (vocabulary === 'cs-cart') {
    say('The tile asks for no statuses. These are the words that it gets:');
    say();
    say(aligned(words.map(({ status, word }) => [status, word])));
    say();
    say('It has no word for orders on hold, so they wait with those that are not paid.');
    say('For a Custom Store, with fields for the statuses, take STATUS_WORDS=cs-cart out of the settings.');
  } else {
    say('Press Test Connection, then Connect.');
    say(
      'If the store is connected by the CS-Cart tile already, set STATUS_WORDS=cs-cart and run this again.',
    );
  }
  for (const hint of hints) say(`\n${bold('!')} ${hint}`);
}

// Nothing is cut: these are values to be copied.
function aligned(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `   ${dim(name.padEnd(width))}   ${value}`).join('\n');
}
