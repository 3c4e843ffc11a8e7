/** `1 order`, `2 orders`. */
export function counted(count: number, word: string): string {
  return `${count.toLocaleString('en-US')} ${word}${count === 1 ? '' : 's'}`;
}

const MOST_NAMED = 5;

/** `101, 102, 103, 104, 105 and 7 more`. */
export function someOf(names: readonly (string | number)[]): string {
  const named = names.slice(0, MOST_NAMED).join(', ');
  return names.length > MOST_NAMED ? `${named} and ${names.length - MOST_NAMED} more` : named;
}
