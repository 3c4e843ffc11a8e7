import type { LedgerOverview } from '../../ledger/overview.ts';
import { counted } from '../../values/counted.ts';
import type { EpochSeconds } from '../../values/epoch-seconds.ts';
import type { Finding } from './finding.ts';

// ShipStation asks every few minutes where its own refresh is on, and every few hours where it is not.
const SILENT_SECONDS = 6 * 3600;
// A minute is the bridge's own rhythm; this is beyond a restart.
const STUCK_SECONDS = 15 * 60;

/** Whether ShipStation asks, and whether notices get through. Pure. */
export function judgeActivity(
  { lastExportAt, lastNoticeAt, notices, waiting, needAttention, waitingSince }: LedgerOverview,
  now: EpochSeconds,
): readonly Finding[] {
  const isSilent = lastExportAt === undefined || now - lastExportAt > SILENT_SECONDS;
  const isStuck = waitingSince !== undefined && now - waitingSince > STUCK_SECONDS;
  const counts = [
    [waiting, 'waiting'],
    [notices.refused, 'refused'],
    [needAttention, 'to be looked at'],
  ] as const;
  const isWell = counts.every(([count]) => count === 0);
  const lastNotice =
    lastNoticeAt === undefined ? 'none has come yet' : `the last one came ${ago(now - lastNoticeAt)}`;
  return [
    {
      check: 'activity',
      level: isSilent ? 'warning' : 'ok',
      message:
        lastExportAt === undefined
          ? 'ShipStation has asked for no orders yet'
          : `ShipStation last asked for orders ${ago(now - lastExportAt)}`,
      advice: isSilent
        ? '"cscart-shipstation connect" prints what to type into ShipStation, and connect --verify tries the address'
        : undefined,
      facts: { lastExportAt: instant(lastExportAt), lastNoticeAt: instant(lastNoticeAt) },
    },
    {
      check: 'notices',
      level: isStuck ? 'problem' : isWell ? 'ok' : 'warning',
      message: isWell
        ? `every shipment notice is done with (${counted(notices.applied, 'notice')} kept; ${lastNotice})`
        : `shipment notices: ${counts
            .filter(([count]) => count > 0)
            .map(([count, state]) => `${count} ${state}`)
            .join(
              ', ',
            )}${isStuck ? `, the oldest for ${span(now - waitingSince)}` : ''} (${notices.applied} done; ${lastNotice})`,
      advice: isWell
        ? undefined
        : '"cscart-shipstation notices list" shows them, notices show N says why, notices retry N tries again',
      facts: { ...notices, needAttention, waitingSince: instant(waitingSince) },
    },
  ];
}

function instant(at: EpochSeconds | undefined): string | null {
  return at === undefined ? null : new Date(at * 1000).toISOString();
}

function ago(seconds: number): string {
  return `${span(seconds)} ago`;
}

/** In the largest unit of which there are at least two. */
function span(seconds: number): string {
  const units = [
    [86_400, 'day'],
    [3600, 'hour'],
    [60, 'minute'],
  ] as const;
  const unit = units.find(([length]) => seconds >= 2 * length);
  return unit
    ? counted(Math.floor(seconds / unit[0]), unit[1])
    : counted(Math.max(Math.round(seconds), 0), 'second');
}
