/** Numbers that look random and are the same for the same seed, so that a run can be repeated. */
export interface Random {
  /** A whole number from `least` to `most`, both included. */
  int(least: number, most: number): number;
  /** One of the items, of which there must be at least one. */
  pick<Item>(items: readonly Item[]): Item;
  /** True in this share of the calls, from 0 to 1. */
  chance(share: number): boolean;
  /** Another sequence, which depends on this one's seed and on the name alone, not on what was drawn before. */
  fork(name: string): Random;
}

/** @param seed - any whole number; its lower 32 bits count */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  // Mulberry32: tiny, and even enough for choosing what to break.
  const next = () => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    int,
    pick: <Item>(items: readonly Item[]): Item => {
      if (items.length === 0) throw new RangeError('there is nothing to pick from');
      return items[int(0, items.length - 1)] as Item;
    },
    chance: (share) => next() < share,
    fork: (name) => createRandom(hash(`${seed >>> 0}:${name}`)),
  };
}

/** FNV-1a: spreads short names over 32 bits. */
function hash(text: string): number {
  let mixed = 0x811c_9dc5;
  for (const character of text) mixed = Math.imul(mixed ^ (character.codePointAt(0) ?? 0), 0x0100_0193);
  return mixed >>> 0;
}
