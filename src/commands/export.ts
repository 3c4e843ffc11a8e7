import { type Command, InvalidArgumentError } from 'commander';
import { type DryExport, openDryExport } from '../bridge/dry-export.ts';
import type { Config } from '../config/config.ts';
import type { AskedWindow } from '../ledger/exports.ts';
import { MOST_PAGES } from '../shipstation/field-limits.ts';
import type { OrderDocument } from '../shipstation/order-document.ts';
import { ordersXmlFrame, writeOrderXml } from '../shipstation/orders-xml.ts';
import { WIRE_WORDS, type WireWords } from '../shipstation/wire-words.ts';
import { nowInSeconds } from '../values/epoch-seconds.ts';
import {
  createTally,
  type ExportSummary,
  summaryForMachines,
  summaryText,
  type Tally,
} from './export-summary.ts';
import { CommandFailed, orCouldNotRun } from './failure.ts';
import { createProgress, type Progress } from './progress.ts';
import type { Settings } from './settings.ts';
import { openFile, standardOutput, type TextSink } from './text-sink.ts';
import { parseTypedTime, type TypedTime } from './window-time.ts';

interface ExportOptions {
  readonly since: TypedTime;
  readonly until?: TypedTime | undefined;
  readonly page?: number | undefined;
  readonly output?: string | undefined;
  readonly json?: boolean | undefined;
}

const TIMES = `
A time is 2026-01-31 or 2026-01-31T12:00 in the time zone of the store, 2026-01-31T12:00Z or …+02:00, 7d (or 2w, 36h,
90m) for so long ago, today, yesterday, now, or ShipStation's own "01/31/2026 12:00", which is UTC. A day alone is the
whole of it. The window is looked at as a poll looks at it, EXPORT_OVERLAP_SECONDS before it included.

Exit code: 0 where everything was written, 2 where it could not be.`;

/** Adds `export` to the program. */
export function addExport(program: Command, settings: Settings): void {
  program
    .command('export')
    .description(
      'write what a poll of a window would be answered now, its pages in one document; changes nothing',
    )
    .requiredOption('--since <time>', 'the first minute of the window', typedTime)
    .option('--until <time>', 'its last minute (default: now)', typedTime)
    .option('--page <number>', 'only this page, exactly as it is sent', pageNumber)
    .option('-o, --output <file>', 'write to a file, whole or not at all, instead of standard output')
    .option('--json', 'print the summary for machines')
    .addHelpText('after', TIMES)
    .action((options: ExportOptions) => orCouldNotRun(() => exportWindow(settings(), options)));
}

function typedTime(text: string): TypedTime {
  const time = parseTypedTime(text);
  if (!time) throw new InvalidArgumentError('It must be a time like 2026-01-31, 2026-01-31T12:00 or 7d.');
  return time;
}

function pageNumber(text: string): number {
  const page = Number(text);
  if (!/^\d{1,5}$/.test(text) || page < 1 || page > MOST_PAGES)
    throw new InvalidArgumentError(`It must be a whole number from 1 to ${MOST_PAGES}.`);
  return page;
}

/** Writes a window and says on standard error what was written. Throws {@link CommandFailed}, and as `DryExport` does. */
async function exportWindow(config: Config, options: ExportOptions): Promise<void> {
  const look = await openDryExport(config);
  const isInTheWay = options.output === undefined && process.stdout.isTTY;
  const progress = createProgress('orders', isInTheWay ? { write: () => {} } : process.stderr);
  const stopListening = stopOnSignals(progress);
  let sink: TextSink | undefined;
  try {
    const window = windowOf(options, look.timeZone);
    sink = options.output === undefined ? standardOutput() : await openFile(options.output);
    const tally = createTally();
    await write({ look, window, sink, progress, tally, words: WIRE_WORDS[config.vocabulary] }, options.page);
    await sink.finish();
    progress.clear();
    report(options, {
      ...tally.counts(),
      window,
      timeZone: look.timeZone,
      page: options.page,
      output: options.output,
      bytes: sink.written,
      leftOut: look.leftOutOf(window),
      remarks: look.remarks,
    });
  } catch (error) {
    await sink?.abandon();
    throw error;
  } finally {
    progress.clear();
    stopListening();
    await look.close();
  }
}

function windowOf({ since, until }: ExportOptions, timeZone: string): AskedWindow {
  const now = nowInSeconds();
  const start = since({ timeZone, now, edge: 'first' });
  const end = (until ?? (() => now))({ timeZone, now, edge: 'last' });
  if (end < start)
    throw new CommandFailed('--until is before --since: write the earlier time behind --since', {
      exitCode: 2,
    });
  return { start, end };
}

interface Writing {
  readonly look: DryExport;
  readonly window: AskedWindow;
  readonly sink: TextSink;
  readonly progress: Progress;
  readonly tally: Tally;
  readonly words: WireWords;
}

/** Page after page, as ShipStation asks for them, so that a window of any length needs the memory of one page. */
async function write({ look, window, sink, progress, tally, words }: Writing, page?: number): Promise<void> {
  const writeOrder = (order: OrderDocument) => writeOrderXml(order, words);
  if (page !== undefined) {
    const found = await look.exportPage({ ...window, page }, writeOrder);
    tally.add(found);
    const { head, tail } = ordersXmlFrame(found.pages);
    await sink.write(head + found.orders.join('') + tail);
    return;
  }
  const { head, tail } = ordersXmlFrame(1);
  await sink.write(head);
  for (let next = 1, pages = 1; next <= pages; next += 1) {
    const found = await look.exportPage({ ...window, page: next }, writeOrder);
    pages = found.pages;
    tally.add(found);
    await sink.write(found.orders.join(''));
    progress.show(Math.round((next / pages) * found.ordersInWindow), found.ordersInWindow);
  }
  await sink.write(tail);
}

function report({ json, output }: ExportOptions, summary: ExportSummary): void {
  if (!json) process.stderr.write(`${summaryText(summary)}\n`);
  // Standard output is free where the document is in a file.
  else (output === undefined ? process.stderr : process.stdout).write(`${summaryForMachines(summary)}\n`);
}

// As a shell says it: 128 and the number of the signal.
const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** Ends the process at once: reading changes nothing, and the part of a file goes with the process. */
function stopOnSignals(progress: Progress): () => void {
  const handlers = Object.entries(SIGNALS).map(([signal, exitCode]) => {
    const stop = () => {
      progress.clear();
      process.stderr.write('cscart-shipstation: stopped before everything was written\n');
      process.exit(exitCode);
    };
    process.once(signal, stop);
    return () => process.off(signal, stop);
  });
  return () => {
    for (const off of handlers) off();
  };
}
