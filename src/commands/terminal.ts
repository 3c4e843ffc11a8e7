/** What the commands and the demo print with. Colours only for a person at a terminal. */
const isTerminal = process.stdout.isTTY;

export function colour(code: number, text: string): string {
  return isTerminal ? `\u001b[${code}m${text}\u001b[0m` : text;
}

export const bold = (text: string) => colour(1, text);
export const dim = (text: string) => colour(2, text);

export function say(text = ''): void {
  process.stdout.write(`${text}\n`);
}

// The longest reason for leaving an order out.
const WIDEST_COLUMN = 66;

/** Aligned columns, cut so that a line fits an ordinary window. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.min(Math.max(title.length, ...rows.map((row) => widthOf(row[column] ?? ''))), WIDEST_COLUMN),
  );
  const line = (cells: readonly string[]) =>
    `   ${cells
      .map((cell, column) => pad(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd()}`;
  return [dim(line(head)), ...rows.map(line)].join('\n');
}

function pad(text: string, width: number): string {
  let fitted = '';
  for (const character of text) {
    if (widthOf(fitted + character) > width)
      return `${fitted.slice(0, -1)}…${' '.repeat(Math.max(width - widthOf(fitted.slice(0, -1)) - 1, 0))}`;
    fitted += character;
  }
  return fitted + ' '.repeat(width - widthOf(fitted));
}

/** Columns that a text takes: East Asian letters take two, marks none. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/\p{Mark}/u.test(character)) continue;
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]|\p{Emoji_Presentation}/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return width;
}
