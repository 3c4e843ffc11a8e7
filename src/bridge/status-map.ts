import type { StatusWords } from '../config/config.ts';
import { findStatus, type OrderStatus } from '../cscart/store/order-statuses.ts';
import { SHIPSTATION_STATUSES, type ShipStationStatus } from '../shipstation/order-document.ts';

/** What each status of a store means to ShipStation. */
export interface StatusMap {
  /** By the letter of the store's status; absent where it is mapped to nothing. */
  readonly meanings: ReadonlyMap<string, ShipStationStatus>;
  /** Statuses of the store that no list names. */
  readonly unmapped: readonly OrderStatus[];
  /** Words that the admin has given and that name no status of this store. Defaults cover several versions. */
  readonly unknownWords: readonly { readonly meaning: ShipStationStatus; readonly word: string }[];
}

/**
 * Finds the configured letters and names among the store's statuses. Where two lists name one status, its letter counts
 * before its name, what the admin gave before a default, and then the first list in ShipStation's order.
 */
export function mapStatuses(words: StatusWords, statuses: readonly OrderStatus[]): StatusMap {
  const unknownWords: { readonly meaning: ShipStationStatus; readonly word: string }[] = [];
  const claims: { readonly letter: string; readonly meaning: ShipStationStatus; readonly rank: number }[] =
    [];
  for (const meaning of SHIPSTATION_STATUSES) {
    for (const word of words[meaning]) {
      const letter = findStatus(statuses, word)?.letter;
      const isDefault = words.defaults?.has(meaning) ?? false;
      if (letter !== undefined)
        claims.push({ letter, meaning, rank: isDefault ? 2 : word === letter ? 0 : 1 });
      else if (!isDefault) unknownWords.push({ meaning, word });
    }
  }
  const meanings = new Map<string, ShipStationStatus>();
  for (const { letter, meaning } of claims.sort((a, b) => a.rank - b.rank)) {
    if (!meanings.has(letter)) meanings.set(letter, meaning);
  }
  return { meanings, unknownWords, unmapped: statuses.filter((status) => !meanings.has(status.letter)) };
}
