import { LEFT_OUT_REASONS, type LeftOutReason } from '../bridge/export-orders/left-out.ts';
import { LEFT_OUT_ADVICE } from '../bridge/export-orders/left-out-advice.ts';
import type { OrderPreview } from '../bridge/export-orders/preview-order.ts';
import { formatDate } from '../shipstation/dates.ts';
import { SHIPSTATION_NAMES } from '../shipstation/order-document.ts';
import { listOf, partOf, textOf, type WrittenElement } from '../shipstation/written-order.ts';
import { type Cents, formatCents, parseCents, sumCents, timesQuantity, ZERO_CENTS } from '../values/cents.ts';
import { localTime } from './local-time.ts';
import { bold, dim, facts, printable } from './terminal.ts';

/**
 * A preview for a reader. What ShipStation gets is said by the elements as they are on the wire, so cut where they are cut.
 *
 * @param written the order as it is on the wire; `undefined` where it is left out
 */
export function previewPage(
  preview: OrderPreview,
  written: WrittenElement | undefined,
  remarks: readonly string[],
): string {
  const blocks = [
    written ? headOfSent(preview, written) : headOfLeftOut(preview),
    ...(written ? [addresses(written), items(written), texts(written)] : []),
    losses(preview),
    polls(preview),
    notices(preview),
    remarks.map((remark) => dim(`   ${printable(remark)}`)).join('\n'),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

function headOfSent(preview: OrderPreview, written: WrittenElement): string {
  const text = (name: string) => textOf(written, name);
  const number = text('OrderNumber');
  const alias = number === String(preview.orderId) ? '' : ` as ${printable(number)}`;
  return [
    bold(`Order ${preview.orderId} is sent to ShipStation${alias}`),
    facts([
      ['Status', `${statusOf(preview)} → ${meaningOf(preview)} (${text('OrderStatus')})`],
      ...times(preview),
      ['Shipping', printable(text('ShippingMethod'))],
      ['Payment', printable(text('PaymentMethod'))],
      ['Customer', printable(textOf(partOf(written, 'Customer'), 'CustomerCode'))],
      ['Gift', text('Gift') === 'true' ? 'yes' : ''],
    ]),
  ].join('\n');
}

function headOfLeftOut(preview: OrderPreview): string {
  const { outcome } = preview;
  if (outcome.kind === 'sent') return '';
  const detail = outcome.detail === undefined ? '' : ` (${printable(outcome.detail)})`;
  return [
    bold(`Order ${preview.orderId} is not sent to ShipStation`),
    facts([
      ['Why', `${LEFT_OUT_REASONS[outcome.reason]}${detail}`],
      ['What to do', LEFT_OUT_ADVICE[outcome.reason]],
      ["Vendors' orders", outcome.children.join(', ')],
      ['Status', statusOf(preview)],
      ...times(preview),
    ]),
  ].join('\n');
}

function statusOf({ status: { letter, name } }: OrderPreview): string {
  return printable(`${letter} ${name}`.trim());
}

function meaningOf({ outcome }: OrderPreview): string {
  return outcome.kind === 'sent' ? SHIPSTATION_NAMES[outcome.document.orderStatus] : '';
}

function times({ instants, timeZone }: OrderPreview): readonly (readonly [string, string])[] {
  const placed = instants.find(({ source }) => source === 'timestamp');
  const [last] = instants;
  return [
    ['Placed', placed ? `${localTime(placed.at, timeZone)} (${timeZone})` : ''],
    ['Changed', last && last !== placed ? localTime(last.at, timeZone) : ''],
  ];
}

function addresses(written: WrittenElement): string {
  const customer = partOf(written, 'Customer');
  const shipTo = addressLines(partOf(customer, 'ShipTo'));
  const billTo = addressLines(partOf(customer, 'BillTo'));
  const isSame = shipTo.place.join('\n') === billTo.place.join('\n');
  return [
    bold('Ship to'),
    ...[...shipTo.place, ...shipTo.contact].map((line) => `   ${line}`),
    '',
    bold('Bill to'),
    ...[...(isSame ? ['the same name and address'] : billTo.place), ...billTo.contact].map(
      (line) => `   ${line}`,
    ),
  ].join('\n');
}

function addressLines(address: WrittenElement) {
  const text = (name: string) => printable(textOf(address, name));
  const town = [text('City'), text('State'), text('PostalCode')].filter(Boolean).join(', ');
  const place = [text('Name'), text('Company'), text('Address1'), text('Address2'), town, text('Country')];
  return { place: place.filter(Boolean), contact: [text('Phone'), text('Email')].filter(Boolean) };
}

function items(written: WrittenElement): string {
  const all = listOf(written, 'Items');
  return [bold('Items'), ...all.flatMap(itemLines), '', `   ${sum(written, all)}`].join('\n');
}

function itemLines(item: WrittenElement): readonly string[] {
  const text = (name: string) => printable(textOf(item, name));
  const quantity = text('Quantity');
  const price = centsOf(item, 'UnitPrice');
  const amount = formatCents(timesQuantity(price, Number(quantity)));
  const each = quantity === '1' ? '' : ` (${formatCents(price)} each)`;
  const isAdjustment = text('Adjustment') === 'true';
  const marks = [
    isAdjustment && 'adjustment',
    text('SKU') && `SKU ${text('SKU')}`,
    text('Weight') && `${text('Weight')} ${text('WeightUnits')}${quantity === '1' ? '' : ' each'}`,
    text('UPC') && `UPC ${text('UPC')}`,
    text('Location') && `at ${text('Location')}`,
    /^\d+$/.test(text('LineItemID')) && `line ${text('LineItemID')}`,
  ].filter((mark) => typeof mark === 'string' && mark !== '');
  return [
    `   ${quantity} × ${text('Name')}: ${amount}${each}`,
    ...listOf(item, 'Options').map(
      (option) => `         ${printable(textOf(option, 'Name'))}: ${printable(textOf(option, 'Value'))}`,
    ),
    ...(marks.length > 0 ? [dim(`       ${marks.join(', ')}`)] : []),
    ...(text('ImageUrl') ? [dim(`       ${text('ImageUrl')}`)] : []),
  ];
}

function centsOf(element: WrittenElement, name: string): Cents {
  return parseCents(textOf(element, name)) ?? ZERO_CENTS;
}

/** The amounts, and whether they come to the order's total. */
function sum(written: WrittenElement, all: readonly WrittenElement[]): string {
  const amountsOf = (isAdjustment: boolean) =>
    sumCents(
      all
        .filter((item) => (textOf(item, 'Adjustment') === 'true') === isAdjustment)
        .map((item) => timesQuantity(centsOf(item, 'UnitPrice'), Number(textOf(item, 'Quantity')))),
    );
  const parts = [
    ['items', amountsOf(false)],
    ['adjustments', amountsOf(true)],
    ['shipping', centsOf(written, 'ShippingAmount')],
    ['tax', centsOf(written, 'TaxAmount')],
  ] as const;
  const total = centsOf(written, 'OrderTotal');
  const isTrue = sumCents(parts.map(([, amount]) => amount)) === total;
  const shown = parts.map(([what, amount]) => `${what} ${formatCents(amount)}`).join(' + ');
  const currency = textOf(written, 'CurrencyCode');
  return `${shown} ${isTrue ? '=' : 'is not'} total ${formatCents(total)} ${currency}`.trimEnd();
}

const TEXTS = [
  ['CustomerNotes', 'Customer notes'],
  ['InternalNotes', 'Internal notes'],
  ['GiftMessage', 'Gift message'],
  ['CustomField1', 'Custom field 1'],
  ['CustomField2', 'Custom field 2'],
  ['CustomField3', 'Custom field 3'],
] as const;

function texts(written: WrittenElement): string {
  return TEXTS.flatMap(([name, title]) => {
    const text = textOf(written, name);
    if (text === '') return [];
    return [bold(title), ...text.split('\n').map((line) => `   ${printable(line)}`)];
  }).join('\n');
}

function losses({ outcome, damagedParts }: OrderPreview): string {
  const cut = outcome.kind === 'sent' ? outcome.cut : [];
  return [
    ...(cut.length > 0 ? [`   Longer than ShipStation takes, so cut: ${cut.join(', ')}`] : []),
    ...(damagedParts.length > 0
      ? [`   Damaged in the store, so not read: ${damagedParts.join(', ')}. Look at the order in the shop.`]
      : []),
  ].join('\n');
}

const SOURCES = {
  timestamp: 'was placed',
  updated_at: 'was changed (updated_at)',
  last_modify: 'was changed (last_modify)',
  seen: 'was seen to have changed',
} as const;

function polls({ instants, exports, timeZone }: OrderPreview): string {
  const carried = instants.map(
    ({ at, source, startUpTo, endFrom }) =>
      `   with start_date up to ${formatDate(startUpTo)} and end_date from ${formatDate(endFrom)}: it ${SOURCES[source]} ${localTime(at, timeZone)}`,
  );
  const answered = exports?.map(({ start, end, createdAt, page, reason }) => {
    const outcome = page === undefined ? `left out: ${reasonText(reason)}` : `page ${page}`;
    return `   ${localTime(createdAt, timeZone)}  start_date ${formatDate(start)}, end_date ${formatDate(end)}: ${outcome}`;
  });
  return [
    bold('The window of a poll has it (in UTC)'),
    ...carried,
    bold('Polls of the last day that had it'),
    ...(answered === undefined ? ['   not known'] : answered.length === 0 ? ['   none'] : answered),
  ].join('\n');
}

function reasonText(reason: string | undefined): string {
  return reason !== undefined && reason in LEFT_OUT_REASONS
    ? LEFT_OUT_REASONS[reason as LeftOutReason] // a key of the table, as the line before has asked
    : (reason ?? '');
}

function notices({ notices: came, timeZone }: OrderPreview): string {
  const lines = came?.flatMap(({ noticeId, state, decision, receivedAt, attempts }) => [
    `   ${noticeId}  ${localTime(receivedAt, timeZone)}  ${state}${attempts > 1 ? `, came ${attempts} times` : ''}`,
    ...(decision === '' ? [] : [`      ${printable(decision)}`]),
  ]);
  return [
    bold('Shipment notices'),
    ...(lines === undefined ? ['   not known'] : lines.length === 0 ? ['   none'] : lines),
  ].join('\n');
}
