import { type Command, Option } from 'commander';
import { openDryExport } from '../bridge/dry-export.ts';
import { LEFT_OUT_REASONS } from '../bridge/export-orders/left-out.ts';
import { LEFT_OUT_ADVICE } from '../bridge/export-orders/left-out-advice.ts';
import type { OrderPreview } from '../bridge/export-orders/preview-order.ts';
import { typedOrderId } from '../bridge/order-number.ts';
import type { Config } from '../config/config.ts';
import { writeOrdersXml } from '../shipstation/orders-xml.ts';
import { WIRE_WORDS } from '../shipstation/wire-words.ts';
import { readWrittenOrders } from '../shipstation/written-order.ts';
import type { OrderId } from '../values/order-id.ts';
import { CommandFailed, orCouldNotRun } from './failure.ts';
import { previewForMachines } from './preview-json.ts';
import { previewPage } from './preview-page.ts';
import type { Settings } from './settings.ts';
import { sayExactly, warn } from './terminal.ts';

interface PreviewOptions {
  readonly xml?: boolean | undefined;
  readonly json?: boolean | undefined;
}

/** Adds `preview` to the program. */
export function addPreview(program: Command, settings: Settings): void {
  program
    .command('preview')
    .description('show one order as ShipStation would get it now, or why it would not; changes nothing')
    .argument('<order>', 'its number, as the shop or as ShipStation shows it')
    .addOption(new Option('--xml', 'print just the XML, as it is sent').conflicts('json'))
    .option('--json', 'print everything for machines')
    .addHelpText(
      'after',
      '\nExit code: 0 where the order would be sent, 1 where it would not or is not there, 2 where it could not look.',
    )
    .action((typed: string, options: PreviewOptions) =>
      orCouldNotRun(() => preview(settings(), typed, options)),
    );
}

/** Prints one order. Throws {@link CommandFailed} for an order that is not there, and as `DryExport` does. */
async function preview(config: Config, typed: string, options: PreviewOptions): Promise<void> {
  const orderId = readOrderNumber(typed, config.export.orderNumberPrefix);
  const look = await openDryExport(config);
  try {
    const found = await look.previewOrder(orderId);
    if (!found) throw new CommandFailed(`the store has no order ${orderId}`);
    const xml = xmlOf(found, config);
    if (options.xml) printXml(found, xml, look.remarks);
    else {
      const written = xml === undefined ? undefined : readWrittenOrders(xml)[0];
      const text = options.json
        ? JSON.stringify(previewForMachines(found, written, look.remarks), null, 2)
        : previewPage(found, written, look.remarks);
      process.stdout.write(`${text}\n`);
    }
    if (xml === undefined) process.exitCode = 1;
  } finally {
    await look.close();
  }
}

function readOrderNumber(typed: string, prefix: string): OrderId {
  const orderId = typedOrderId(typed, prefix);
  if (orderId !== undefined) return orderId;
  const example = prefix === '' ? '101' : `101 or ${prefix}101`;
  throw new CommandFailed(`"${typed}" is no number of an order: write it like ${example}`, { exitCode: 2 });
}

function xmlOf({ outcome }: OrderPreview, { vocabulary }: Config): string | undefined {
  return outcome.kind === 'sent'
    ? writeOrdersXml({ pages: 1, orders: [outcome.document] }, WIRE_WORDS[vocabulary])
    : undefined;
}

function printXml(
  { orderId, outcome }: OrderPreview,
  xml: string | undefined,
  remarks: readonly string[],
): void {
  for (const remark of remarks) warn(remark);
  if (xml !== undefined) sayExactly(xml);
  if (outcome.kind === 'sent') return;
  const detail = outcome.detail === undefined ? '' : ` (${outcome.detail})`;
  warn(
    `order ${orderId} is not sent to ShipStation: ${LEFT_OUT_REASONS[outcome.reason]}${detail}. ${LEFT_OUT_ADVICE[outcome.reason]}`,
  );
}
