import type { FuzzRun } from './fuzz-run.ts';

/** Complaints that say the same of different orders are shown this many times. */
const SHOWN_OF_A_KIND = 3;
const MOST_KINDS = 40;

/**
 * What a failed run says: the seed that repeats it, then some complaints of each kind, with how many there are. Empty
 * when there are none.
 */
export function reportOf(complaints: readonly string[], { seed, orders }: FuzzRun): string {
  if (complaints.length === 0) return '';
  const kinds = new Map<string, string[]>();
  for (const complaint of complaints) {
    const kind = kindOf(complaint);
    const ofKind = kinds.get(kind);
    if (ofKind) ofKind.push(complaint);
    else kinds.set(kind, [complaint]);
  }
  return [
    `${complaints.length} complaints; FUZZ_SEED=${seed} FUZZ_ORDERS=${orders} repeats them`,
    ...[...kinds.values()]
      .slice(0, MOST_KINDS)
      .map((ofKind) => [`${ofKind.length} like these:`, ...ofKind.slice(0, SHOWN_OF_A_KIND)].join('\n  ')),
  ].join('\n');
}

/** The first line of a complaint without its numbers and quotations. */
function kindOf(complaint: string): string {
  const [line = ''] = complaint.split('\n');
  return line
    .replace(/"(?:[^"\\]|\\.)*"|'[^']*'/g, '…')
    .replace(/\d+/g, '0')
    .slice(0, 80);
}
