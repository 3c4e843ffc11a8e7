/**
 * Which keys of an array are wanted, and of the arrays below them; `all` is a whole value, `*` stands for every key that
 * is not named. What is not wanted is checked like the rest, but not built: most of a column is of no use to a reader.
 */
export type Wanted = 'all' | ReadonlyMap<string | number, Wanted>;

/** These keys of an array, each with its whole value. */
export function wantedKeys(...keys: readonly string[]): Wanted {
  return new Map(keys.map((key) => [key, 'all']));
}
