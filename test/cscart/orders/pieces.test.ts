import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextPiece, type Piece } from '../../../src/cscart/orders/pieces.ts';
import { createEpochSeconds } from '../../../src/values/epoch-seconds.ts';

const at = createEpochSeconds;
const RANGE = { from: at(10), to: at(20) };

/** The indexes of the instants that are read, piece by piece, of a table that holds them; and the pieces. */
function readAll(instants: readonly number[], most: number, shuffle: (ties: number[]) => number[]) {
  const seen = new Set<number>();
  const pieces: Piece[] = [];
  let piece: Piece | undefined = { ...RANGE, most };
  while (piece) {
    pieces.push(piece);
    if (pieces.length > 100) throw new Error('it does not end');
    const { from, to } = piece;
    // In what order the index gives those of one second is not known.
    const found = shuffle(instants.map((_, index) => index))
      .filter((index) => (instants[index] ?? 0) >= from && (instants[index] ?? 0) <= to)
      .sort((a, b) => (instants[a] ?? 0) - (instants[b] ?? 0))
      .slice(0, piece.most);
    for (const index of found) seen.add(index);
    piece = nextPiece(
      piece,
      found.map((index) => at(instants[index] ?? 0)),
      RANGE,
      most,
    );
  }
  return { seen, pieces };
}

const asTheyAre = (ties: number[]) => ties;

describe('a range that is read in pieces', () => {
  it('is read at once where it has less orders than a piece', () => {
    expect(readAll([10, 12, 20], 4, asTheyAre).pieces).toHaveLength(1);
  });

  it('is looked at once more where it has just as many', () => {
    const { seen, pieces } = readAll([10, 12, 20], 3, asTheyAre);
    expect(seen.size).toBe(3);
    expect(pieces).toMatchObject([RANGE, { from: 20, to: 20 }]);
  });

  it('begins with the second at which the piece before may have been cut', () => {
    const { seen, pieces } = readAll([10, 12, 12, 13], 2, asTheyAre);
    expect(seen.size).toBe(4);
    expect(pieces.map(({ from }) => from)).toEqual([10, 12, 12, 13]);
  });

  it('reads a second as a whole that has more orders than a piece', () => {
    const { seen, pieces } = readAll([11, 11, 11, 11, 11, 12], 2, asTheyAre);
    expect(seen.size).toBe(6);
    expect(pieces[2]).toMatchObject({ from: 11, to: 11 });
  });

  it('ends where the whole of its last second was read', () => {
    expect(readAll([20, 20, 20], 2, asTheyAre).seen.size).toBe(3);
  });

  it('leaves out no order of it, whatever the instants, the size of a piece and the order of those of one second', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 8, max: 22 }), { maxLength: 40 }),
        fc.integer({ min: 1, max: 6 }),
        fc.infiniteStream(fc.boolean()),
        (instants, most, coins) => {
          const shuffle = (ties: number[]) =>
            ties
              .flatMap((index) => [[index, coins.next().value ? 0 : 1] as const])
              .sort((a, b) => a[1] - b[1])
              .map(([index]) => index);
          const within = instants.flatMap((instant, index) =>
            instant >= RANGE.from && instant <= RANGE.to ? [index] : [],
          );
          expect([...readAll(instants, most, shuffle).seen].sort((a, b) => a - b)).toEqual(within);
        },
      ),
    );
  });
});
