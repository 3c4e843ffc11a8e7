import type { ListedNotice, NoticeList } from '../bridge/kept-notices/list-notices.ts';
import { onOneLine, shownInstant } from './shown-text.ts';
import { table } from './terminal.ts';

/** How far a notice has come, in the admin's words. */
export function standingOf({
  state,
  needsAttention,
}: Pick<ListedNotice, 'state' | 'needsAttention'>): string {
  switch (state) {
    case 'received':
      return 'waiting';
    case 'planned':
      return 'waiting, half written';
    case 'refused':
      return 'failed';
    case 'applied':
      return needsAttention ? 'applied, look at it' : 'applied';
  }
}

/** The list as lines for a person. */
export function noticeListText(list: NoticeList, limit: number): string {
  const { notices, more, counts, timeZone } = list;
  const rows = notices.map((notice) => [
    String(notice.noticeId),
    shownInstant(notice.receivedAt, timeZone),
    onOneLine(notice.order),
    standingOf(notice),
    onOneLine(notice.trackingNumber) || '–',
    onOneLine(notice.decision),
  ]);
  return [
    titleOf(list),
    ...(rows.length > 0
      ? [table(['notice', `came (${timeZone})`, 'order', 'state', 'tracking number', 'decided'], rows)]
      : []),
    ...(more > 0 ? [`   … and ${more} more: --limit ${limit + more} shows them all.`] : []),
    ...(counts.all > 0
      ? [
          '',
          `${counts.failed} failed, ${counts.waiting} waiting, ${counts.applied} applied; ${counts.attention} of them to be looked at.`,
          'More of one: cscart-shipstation notices show NUMBER',
        ]
      : []),
  ].join('\n');
}

function titleOf({ notices, counts, holds }: NoticeList): string {
  if (holds === 'to-do') return 'Notices that failed, wait, or should be looked at:';
  if (holds === 'asked') return notices.length > 0 ? 'Notices:' : 'There are no such notices.';
  return counts.all === 0
    ? 'No notice has come from ShipStation yet.'
    : 'None failed, none waits, none has to be looked at. The last notices:';
}

/** The list for a program. Instants in ISO 8601, UTC. */
export function noticeListJson({ notices, more, counts, timeZone }: NoticeList): object {
  return {
    timeZone,
    notices: notices.map(({ receivedAt, shipmentId, ...notice }) => ({
      ...notice,
      receivedAt: new Date(receivedAt * 1000).toISOString(),
      shipmentId,
    })),
    more,
    counts,
  };
}
