import type { Config } from '../../config/config.ts';
import { STATUS_VARIABLES } from '../../config/read-config.ts';
import type { StatusCounts } from '../../cscart/orders/status-counts.ts';
import { INCOMPLETE, type OrderStatus, PARENT } from '../../cscart/store/order-statuses.ts';
import type { Store } from '../../cscart/store/store.ts';
import { SHIPSTATION_NAMES, SHIPSTATION_STATUSES } from '../../shipstation/order-document.ts';
import { counted, someOf } from '../../values/counted.ts';
import type { Warning } from '../report-store.ts';
import { mapStatuses } from '../status-map.ts';
import type { Finding } from './finding.ts';

/**
 * Each status of the store with the number of its orders and what it is to ShipStation. Pure.
 *
 * @param warnings what the configuration says of statuses that the store does not have
 */
export function judgeStatuses(
  config: Pick<Config, 'statuses'>,
  { statuses }: Pick<Store, 'statuses'>,
  { counts, isPart }: StatusCounts,
  warnings: readonly Warning[],
): readonly Finding[] {
  const { meanings, unmapped } = mapStatuses(config.statuses, statuses);
  const countOf = (letter: string) => counts.get(letter) ?? 0;
  const known = new Set([...statuses.map(({ letter }) => letter), INCOMPLETE, PARENT]);
  const strays = [...counts.keys()].filter((letter) => !known.has(letter));
  const unsent = unmapped.filter(({ letter }) => countOf(letter) > 0);

  return [
    overview(),
    ...warnings
      .filter(({ line }) => line.event === 'status.not_found')
      .map(
        ({ message }): Finding => ({
          check: 'statuses',
          level: 'problem',
          message,
          advice: `write one of: ${statuses.map(({ letter, names }) => names[0] ?? letter).join(', ')}`,
        }),
      ),
    ...(SHIPSTATION_STATUSES.some(
      (meaning) => meaning === 'paid' && ![...meanings.values()].includes(meaning),
    )
      ? [
          {
            check: 'statuses',
            level: 'problem',
            message: 'no status of the store means Awaiting Shipment: nothing can be shipped',
            advice: `name in ${STATUS_VARIABLES.paid} the statuses in which you ship orders`,
          } satisfies Finding,
        ]
      : []),
    ...(strays.length > 0
      ? [
          {
            check: 'statuses',
            level: 'warning',
            message: `${counted(sum(strays.map(countOf)), 'order')} in ${strays.length === 1 ? 'a status' : 'statuses'} that the shop no longer has (${someOf(strays)}) are not sent`,
            advice: 'give these orders another status in the shop',
          } satisfies Finding,
        ]
      : []),
  ];

  function overview(): Finding {
    const ofHow = isPart ? 'of the newest orders' : 'in all';
    const isFlagged = unsent.length > 0;
    return {
      check: 'statuses',
      level: isFlagged ? 'warning' : 'ok',
      message: isFlagged
        ? `orders in ${someOf(unsent.map(nameOf))} are not sent (${counted(sum(unsent.map(({ letter }) => countOf(letter))), 'order')} ${ofHow})`
        : `every status that has orders is sent to ShipStation (${counted(sum([...counts.values()]), 'order')} ${ofHow})`,
      advice: isFlagged
        ? `if they are to be sent, name the status in one of ${Object.values(STATUS_VARIABLES).join(', ')}`
        : undefined,
      details: statuses.map(
        (status) =>
          `${status.letter}  ${nameOf(status)}: ${counted(countOf(status.letter), 'order')} → ${meaningOf(status.letter)}`,
      ),
      facts: {
        isPart,
        statuses: statuses.map(({ letter, names }) => ({
          letter,
          name: names[0] ?? '',
          orders: countOf(letter),
          meaning: meanings.get(letter) ?? null,
        })),
        incomplete: countOf(INCOMPLETE),
        parents: countOf(PARENT),
      },
    };
  }

  function meaningOf(letter: string): string {
    const meaning = meanings.get(letter);
    return meaning === undefined ? 'not sent' : SHIPSTATION_NAMES[meaning];
  }
}

function nameOf({ letter, names }: OrderStatus): string {
  return names[0] ?? letter;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
