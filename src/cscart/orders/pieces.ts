import { createEpochSeconds, type EpochSeconds } from '../../values/epoch-seconds.ts';

/** An instant range, both ends included. */
export interface InstantRange {
  readonly from: EpochSeconds;
  readonly to: EpochSeconds;
}

/**
 * What one statement reads of a range: the earliest orders of it, `most` at the most (decision 19). MyISAM holds the read
 * lock of a table for the whole of a statement, and the shop's checkout waits for it.
 */
export interface Piece extends InstantRange {
  readonly most: number;
}

/**
 * So many orders a statement reads at the most. A few more than the largest page has, so that a window of one full page,
 * with a few orders that are left out, takes one statement. With many more, the server would sort the whole of a store of
 * ten thousand orders rather than follow the index.
 */
export const ORDERS_OF_A_PIECE = 520;

// The orders of one second cannot be told apart by their instant: they are read at once, however many they are.
const ALL = Number.MAX_SAFE_INTEGER;

/**
 * The piece that follows one in which orders of these instants were found; `undefined` where the range is read.
 *
 * A piece that came back full may have left out orders of its last second, so the next one begins with that second, and
 * some orders are seen twice. Where it holds nothing but that second, the second is read as a whole.
 *
 * @param most of a piece, usually {@link ORDERS_OF_A_PIECE}
 */
export function nextPiece(
  piece: Piece,
  instants: readonly EpochSeconds[],
  range: InstantRange,
  most: number,
): Piece | undefined {
  if (piece.most === ALL)
    return piece.to < range.to ? { from: createEpochSeconds(piece.to + 1), to: range.to, most } : undefined;
  if (instants.length < piece.most) return undefined;
  const last = createEpochSeconds(Math.max(...instants));
  return last > piece.from ? { from: last, to: range.to, most } : { from: last, to: last, most: ALL };
}
