import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Config } from '../config/config.ts';
import { publicUrl } from '../config/variable-kinds.ts';
import { type ConnectionForm, connectionForm } from './connection/form.ts';
import { verify } from './connection/verify.ts';
import { CommandFailed } from './failure.ts';
import { reportFindings } from './report-findings.ts';
import type { Settings } from './settings.ts';
import { bold, dim, say } from './terminal.ts';

interface ConnectOptions {
  /** An address, or `true` where none was given. */
  readonly verify?: string | true | undefined;
  readonly timeout: number;
  readonly json?: boolean | undefined;
}

// ShipStation's own limit is not published; it is some tens of seconds.
const DEFAULT_SECONDS = 30;
const MOST_SECONDS = 300;

/** Adds `connect` to the program. */
export function addConnect(program: Command, settings: Settings): void {
  program
    .command('connect')
    .description('say what to type into ShipStation, or whether that will work')
    .option(
      '--verify [url]',
      'call this address, or PUBLIC_URL, as ShipStation would, and say what comes back',
    )
    .addOption(
      new Option('--timeout <seconds>', 'how long --verify waits for an answer')
        .default(DEFAULT_SECONDS)
        .argParser(readSeconds),
    )
    .option('--json', 'print it for machines')
    .addHelpText(
      'after',
      '\nExit code: 0 without a problem, 1 where ShipStation would have one, 2 where it could not look.',
    )
    .action((options: ConnectOptions) => connect(settings(), options));
}

async function connect(
  config: Config,
  { verify: asked, timeout, json = false }: ConnectOptions,
): Promise<void> {
  if (asked === undefined) {
    const form = connectionForm(config);
    if (json) say(JSON.stringify(form, null, 2));
    else printForm(form);
    return;
  }
  const address = asked === true ? config.publicUrl : readAddress(asked);
  if (address === undefined)
    throw new CommandFailed(
      'there is no address to call: set PUBLIC_URL, or write it behind --verify, e.g. --verify https://shop.example.com/shipstation',
      { exitCode: 2 },
    );
  if (!json) say(`${bold(address)}, called as ShipStation would:\n`);
  await reportFindings(verify(address, config, { limitMs: timeout * 1000 }), json);
}

function readSeconds(text: string): number {
  const seconds = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (seconds >= 1 && seconds <= MOST_SECONDS) return seconds;
  throw new InvalidArgumentError(`It must be a whole number of seconds from 1 to ${MOST_SECONDS}.`);
}

/** Throws {@link CommandFailed} for what is no address that ShipStation can be given. */
function readAddress(text: string): string {
  const checked = publicUrl.safeParse(text);
  if (checked.success) return checked.data;
  throw new CommandFailed(`the address behind --verify ${checked.error.issues[0]?.message}`, { exitCode: 2 });
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
  say('"connect --verify" calls the address beforehand as ShipStation would, and says what comes back.');
  for (const hint of hints) say(`\n${bold('!')} ${hint}`);
}

// Nothing is cut: these are values to be copied.
function aligned(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `   ${dim(name.padEnd(width))}   ${value}`).join('\n');
}
