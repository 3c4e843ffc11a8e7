import type { StatusWords } from '../config/config.ts';
import { findStatus, type OrderStatus } from '../cscart/order-statuses.ts';
import { SHIPSTATION_STATUSES, type ShipStationStatus } from '../shipstation/order-document.ts';

/** What each status of a store means to ShipStation. */
export interface StatusMap {
  /** By the letter of the store's status; absent where it is mapped to nothing. */
  readonly meanings: ReadonlyMap<string, ShipStationStatus>;
  /** Statuses of the store that no list names. */
  readonly unmapped: readonly OrderStatus[];
  /** Configured words that name no status of this store. Usual for defaults, which cover several versions. */
  readonly unknownWords: readonly string[];
}

/**
 * Finds the configured letters and names among the store's statuses. Where two words name one status with different
 * meanings (its letter here, its name there), the first list in ShipStation's order counts.
 */
export function mapStatuses(words: StatusWords, statuses: readonly OrderStatus[]): StatusMap {
  const meanings = new Map<string, ShipStationStatus>();
  const unknownWords: string[] = [];
  for (const meaning of SHIPSTATION_STATUSES) {
    for (const word of words[meaning]) {
      const status = findStatus(statuses, word);
      if (!status) unknownWords.push(word);
      else if (!meanings.has(status.letter)) meanings.set(status.letter, meaning);
    }
  }
  return { meanings, unknownWords, unmapped: statuses.filter((status) => !meanings.has(status.letter)) };
}
