/** What the commands and the demo print with. Colours only for a person at a terminal. */
const isTerminal = process.stdout.isTTY;

export function colour(code: number, text: string): string {
  return isTerminal ? `\u001b[${code}m${text}\u001b[0m` : text;
}

export const bold = (text: string) => colour(1, text);
export const dim = (text: string) => colour(2, text);

/** A sentence for the admin that is no part of what was asked for: on standard error. */
export function warn(sentence: string): void {
  process.stderr.write(`cscart-shipstation: ${sentence}\n`);
}

/** A text as it is, to the byte; only at a terminal a line ends behind it. */
export function sayExactly(text: string): void {
  process.stdout.write(text);
  if (isTerminal) process.stdout.write('\n');
}

// Controls and what turns the direction of writing: whoever orders could move the cursor of whoever looks.
const UNPRINTABLE = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** A text out of the store or from outside on one line of a terminal, which it cannot do anything to. */
export function printable(text: string): string {
  return text.replace(/\s*\n\s*|\t/g, ' ').replace(UNPRINTABLE, '\ufffd');
}

/** Labels and texts in two columns; those without a text are left out. */
export function facts(rows: readonly (readonly [label: string, text: string])[]): string {
  const shown = rows.filter(([, text]) => text !== '');
  const width = Math.max(0, ...shown.map(([label]) => label.length));
  return shown.map(([label, text]) => `   ${dim(label.padEnd(width))}  ${text}`).join('\n');
}

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
