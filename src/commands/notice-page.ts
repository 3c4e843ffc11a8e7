import type { NoticeAsItCame } from '../bridge/kept-notices/notice-as-it-came.ts';
import type { ShownNotice } from '../bridge/kept-notices/show-notice.ts';
import type { CalendarDay } from '../values/calendar-day.ts';
import { counted } from '../values/counted.ts';
import { standingOf } from './notice-list.ts';
import { onOneLine, printable, shownInstant } from './shown-text.ts';
import { bold } from './terminal.ts';

/** A label and its text, of one line or several. */
type Entry = readonly [label: string, text: string];

const LABEL_WIDTH = 17;

/** Aligned `label  text`, the further lines of a text below its first one. */
function entriesText(entries: readonly Entry[]): string {
  return entries
    .flatMap(([label, text]) =>
      printable(text)
        .split('\n')
        .map((line, index) => `   ${(index === 0 ? label : '').padEnd(LABEL_WIDTH)} ${line}`.trimEnd()),
    )
    .join('\n');
}

/** All that is known of a notice, as a page for a person. It holds what ShipStation wrote to the buyer. */
export function noticePage(shown: ShownNotice): string {
  const { record, came, plan, timeZone } = shown;
  const { noticeId, orderId, decision, attempts, receivedAt, changedAt } = record;
  const orderKey = came.isReadable ? came.notice.orderKeys[0] : came.orderKey;
  const sections: (readonly [title: string, text: string])[] = [
    ['What came', entriesText(cameEntries(came, timeZone))],
    [
      'What was decided',
      entriesText([
        ['decision', decision || 'nothing yet'],
        ['first came', `${shownInstant(receivedAt, timeZone)} (${timeZone})`],
        ['last worked on', `${shownInstant(changedAt, timeZone)}, after ${counted(attempts, 'attempt')}`],
      ]),
    ],
    ...(plan ? [['The plan, kept before anything was written', planText(shown)] as const] : []),
    ['In the store now', entriesText(storeEntries(shown))],
    ['What to do', `   ${shown.advice}`],
  ];
  return [
    bold(
      `Notice ${noticeId}, order ${onOneLine(String(orderId ?? orderKey)) || 'unknown'}: ${standingOf(record)}`,
    ),
    ...sections.map(([title, text]) => `${bold(title)}\n${text}`),
  ].join('\n\n');
}

function cameEntries(came: NoticeAsItCame, timeZone: string): readonly Entry[] {
  if (!came.isReadable) {
    return [
      ['problem', came.problem],
      ['order', came.orderKey || 'none named'],
      ['tracking number', came.trackingNumber || 'none'],
    ];
  }
  const { notice } = came;
  const items = notice.items?.map(
    ({ quantity, sku, name, lineItemId }) =>
      `${quantity} × ${[sku, name].filter((text) => text !== '').join(', ') || 'no name'}${lineItemId === '' ? '' : ` (line ${lineItemId})`}`,
  );
  return [
    ['order', notice.orderKeys.join(', ')],
    ['tracking number', notice.trackingNumber || 'none'],
    ['carrier', notice.carrier || 'none'],
    ['service', notice.service || 'none'],
    ...(notice.shipDate ? [['shipped on', shownDay(notice.shipDate)] as const] : []),
    ...(notice.labelCreateDate === undefined
      ? []
      : [['label made', shownInstant(notice.labelCreateDate, timeZone)] as const]),
    ...(notice.notesToCustomer === '' ? [] : [['note to the buyer', notice.notesToCustomer] as const]),
    [
      'items',
      items === undefined
        ? 'none named: everything that is left'
        : items.join('\n') || 'an empty list: nothing',
    ],
  ];
}

function shownDay({ year, month, day }: CalendarDay): string {
  return [year, month, day].map((part) => String(part).padStart(2, '0')).join('-');
}

function planText({ plan, timeZone }: ShownNotice): string {
  if (!plan) return '';
  if (plan === 'damaged') return '   It cannot be read: somebody has changed it in the database.';
  return entriesText([
    ['tracking number', plan.shipment.trackingNumber || 'none'],
    ['carrier', plan.shipment.carrier || 'none that the store knows'],
    ['shipped at', shownInstant(plan.shipment.shippedAt, timeZone)],
    ['comment', plan.shipment.comments || 'none'],
    ['items', plan.items.map(({ itemId, amount }) => `${amount} of line ${itemId}`).join('\n')],
    ['order status', plan.move ? `${plan.move.from} → ${plan.move.to}` : 'stays as it is'],
  ]);
}

function storeEntries({ record, shipment, orderStatus, timeZone }: ShownNotice): readonly Entry[] {
  return [
    ...shipmentEntries(record.shipmentId, shipment, timeZone),
    ['order status', orderStatus === null ? 'no such order' : (orderStatus ?? 'the order is not known')],
  ];
}

function shipmentEntries(
  shipmentId: number | null,
  shipment: ShownNotice['shipment'],
  timeZone: string,
): readonly Entry[] {
  if (shipment === undefined || shipmentId === null) return [['shipment', 'none of this notice']];
  if (shipment === 'gone') return [['shipment', `${shipmentId}: deleted by somebody in the shop`]];
  return [
    ['shipment', String(shipmentId)],
    ['tracking number', shipment.trackingNumber || 'none'],
    ['carrier', shipment.carrier || 'none'],
    ['shipped at', shownInstant(shipment.shippedAt, timeZone)],
    ['comment', shipment.comments || 'none'],
    [
      'items',
      shipment.items
        .map(({ amount, ordered, sku, itemId }) => {
          const of = ordered > 0 ? ` of ${ordered}` : '';
          return `${amount}${of} × ${sku || 'no SKU'} (line ${itemId})`;
        })
        .join('\n') || 'none',
    ],
  ];
}

/** The same for a program. Instants in ISO 8601, UTC; the body as UTF-8 text. */
export function noticeJson(shown: ShownNotice): object {
  const { record, came, plan, shipment, orderStatus, advice, timeZone } = shown;
  const { raw, receivedAt, changedAt, plan: _kept, ...rest } = record;
  return {
    ...rest,
    receivedAt: new Date(receivedAt * 1000).toISOString(),
    changedAt: new Date(changedAt * 1000).toISOString(),
    timeZone,
    query: raw.query,
    body: raw.body.toString('utf8'),
    came,
    plan: plan ?? null,
    shipment: shipment ?? null,
    orderStatus: orderStatus ?? null,
    advice,
  };
}
