import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Bridge, createBridge } from '../bridge/bridge.ts';
import type { ShownNotice } from '../bridge/kept-notices/show-notice.ts';
import { NOTICE_STANDINGS, type NoticeStanding } from '../ledger/find-notices.ts';
import type { OrderId } from '../values/order-id.ts';
import { parseOrderId } from '../values/order-id.ts';
import { parseSince, type Since } from '../values/since.ts';
import { CommandFailed } from './failure.ts';
import { createLogger } from './logger.ts';
import { noticeListJson, noticeListText } from './notice-list.ts';
import { noticeJson, noticePage } from './notice-page.ts';
import { retryNotices } from './notice-retry.ts';
import type { Settings } from './settings.ts';
import { printable } from './shown-text.ts';
import { say } from './terminal.ts';

const USUAL_LIMIT = 20;
// Each is read with its body.
const LARGEST_LIMIT = 10_000;

interface ListOptions {
  readonly state?: NoticeStanding;
  readonly since?: Since;
  readonly order?: OrderId;
  readonly limit: number;
  readonly json?: boolean;
}

interface ShowOptions {
  readonly json?: boolean;
  readonly raw?: boolean;
}

interface RetryOptions {
  readonly failed?: boolean;
  readonly since?: Since;
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly verbose?: boolean;
}

/** Adds `notices` with its subcommands to the program. */
export function addNotices(program: Command, settings: Settings): void {
  const notices = program
    .command('notices')
    .description("ShipStation's shipment notices: what came, what was decided, what was written");

  notices
    .command('list', { isDefault: true })
    .description('what failed, waits or should be looked at; else the last notices')
    .addOption(new Option('--state <state>', 'only those of this state').choices([...NOTICE_STANDINGS]))
    .addOption(sinceOption('only those that came since then'))
    .option('--order <number>', 'only those of this order, by its number in the store', readOrder)
    .option('--limit <count>', 'how many at most', readLimit, USUAL_LIMIT)
    .option('--json', 'for a program')
    .action(async (options: ListOptions) =>
      withBridge(settings, async (bridge) => {
        const { state, since, order, limit } = options;
        const list = await bridge.notices.list({ standing: state, since, orderId: order, limit });
        say(options.json ? JSON.stringify(noticeListJson(list), undefined, 2) : noticeListText(list, limit));
      }),
    );

  notices
    .command('show')
    .argument('<number>', 'the number of the notice, as "notices list" has it', readNoticeId)
    .description('all of one notice; it holds what ShipStation wrote to the buyer')
    .option('--json', 'for a program')
    .addOption(new Option('--raw', 'only the query and the body as ShipStation sent them').conflicts('json'))
    .action(async (noticeId: number, options: ShowOptions) =>
      withBridge(settings, async (bridge) => {
        const shown = await bridge.notices.show(noticeId);
        if (!('record' in shown)) throw new CommandFailed(noSuchNotice(noticeId, shown.latest));
        if (options.raw) printRaw(shown);
        else say(options.json ? JSON.stringify(noticeJson(shown), undefined, 2) : noticePage(shown));
      }),
    );

  notices
    .command('retry')
    .argument('[numbers...]', 'the numbers of the notices, as "notices list" has them', readNoticeIds)
    .description('run notices again, as if ShipStation had sent them again; nothing is shipped twice')
    .option('--failed', 'all that failed')
    .addOption(sinceOption('of those that failed, only those that came since then'))
    .addOption(
      new Option('--dry-run', 'only tell what would be done and written; nothing is').conflicts('verbose'),
    )
    .option('--json', 'for a program')
    .option('--verbose', "also the bridge's log, on standard error")
    .action(async (numbers: readonly number[] = [], options: RetryOptions) => {
      const problem = wrongChoice(numbers, options);
      if (problem !== undefined) throw new CommandFailed(problem, { exitCode: 2 });
      await withBridge(
        settings,
        async (bridge) => {
          const chosen = options.failed ? await bridge.notices.failed(options.since) : new Set(numbers);
          if (options.failed && !options.json && [...chosen].length === 0) say('No notice failed.');
          else
            await retryNotices(bridge.notices, [...chosen], { asJson: options.json, dryRun: options.dryRun });
        },
        options,
      );
    });
}

/** What is wrong with the choice of notices, for the person who chose. */
function wrongChoice(numbers: readonly number[], { failed, since }: RetryOptions): string | undefined {
  if (failed && numbers.length > 0) return 'name the notices by their numbers, or use --failed, not both';
  if (!failed && numbers.length === 0) return 'which notices? Name them by their numbers, or use --failed';
  if (!failed && since) return '--since goes with --failed';
  return undefined;
}

/** Runs `work` with a bridge that logs nothing, or to standard error, and closes its connections whatever happens. */
async function withBridge(
  settings: Settings,
  work: (bridge: Bridge) => Promise<void>,
  { verbose = false }: { readonly verbose?: boolean | undefined } = {},
): Promise<void> {
  const config = settings();
  const bridge = createBridge(config, createLogger(verbose ? config.logLevel : 'silent', process.stderr));
  try {
    await work(bridge);
  } finally {
    await bridge.close();
  }
}

function noSuchNotice(noticeId: number, latest: number | undefined): string {
  return latest === undefined
    ? `there is no notice ${noticeId}: none has come from ShipStation yet`
    : `there is no notice ${noticeId}: the latest is ${latest}; those that were done with are removed after a while`;
}

/** The query in the first line, then the body: its very bytes, but for a terminal, which might obey some of them. */
function printRaw({ record: { raw } }: ShownNotice): void {
  say(raw.query);
  if (process.stdout.isTTY) say(printable(raw.body.toString('utf8')));
  else process.stdout.write(raw.body);
}

function sinceOption(what: string): Option {
  return new Option('--since <day>', `${what}: 2026-11-01 (in the store's time zone), 7d, 12h`).argParser(
    readSince,
  );
}

function readNoticeIds(text: string, earlier: readonly number[] = []): readonly number[] {
  return [...earlier, readNoticeId(text)];
}

function readNoticeId(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new InvalidArgumentError('It is a number, such as 17.');
  return Number(text);
}

function readSince(text: string): Since {
  const since = parseSince(text);
  if (!since) throw new InvalidArgumentError('Write a day as 2026-11-01, or how long ago: 7d, 12h, 90m, 2w.');
  return since;
}

function readOrder(text: string): OrderId {
  const orderId = parseOrderId(text);
  if (orderId === undefined)
    throw new InvalidArgumentError("It is the order's number in the store, such as 1042.");
  return orderId;
}

function readLimit(text: string): number {
  const limit = /^[1-9]\d{0,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(limit <= LARGEST_LIMIT)) throw new InvalidArgumentError(`It is a number from 1 to ${LARGEST_LIMIT}.`);
  return limit;
}
