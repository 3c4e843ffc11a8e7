import { type Figure, isKept } from './figure.ts';

/** A figure with where it comes from. */
export interface Result extends Figure {
  readonly section: string;
  /** The version whose shape the store has; empty where no store was needed. */
  readonly store: string;
}

/** A section that could not be measured. */
export interface Failure {
  readonly section: string;
  readonly store: string;
  readonly reason: string;
}

const HEADINGS = ['', 'median', 'least', 'most', 'runs', 'unit', 'goal', ''] as const;

/** The figures as a table for a terminal, section by section. */
export function tableOf(results: readonly Result[], failures: readonly Failure[]): string {
  const groups = new Map<string, string[][]>();
  for (const result of results) {
    const title = titleOf(result);
    const rows = groups.get(title) ?? [];
    rows.push(rowOf(result));
    groups.set(title, rows);
  }
  const all = [[...HEADINGS], ...[...groups.values()].flat()];
  const widths = HEADINGS.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `  ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ')}`.trimEnd();
  const lines: string[] = [line(HEADINGS)];
  for (const [title, rows] of groups) lines.push('', title, ...rows.map(line));
  const notes = results.flatMap((result) =>
    result.note === undefined ? [] : [`  ${titleOf(result)}, ${result.name}:`, `    ${result.note}`],
  );
  if (notes.length > 0) lines.push('', 'Where the most came from', ...notes);
  for (const failure of failures) lines.push('', `NOT MEASURED: ${titleOf(failure)}: ${failure.reason}`);
  return `${lines.join('\n')}\n`;
}

function titleOf({ section, store }: Pick<Result, 'section' | 'store'>): string {
  return store === '' ? section : `${section} (${store})`;
}

function rowOf(result: Result): string[] {
  const kept = isKept(result);
  return [
    result.name,
    ...[result.median, result.least, result.most].map(shown),
    String(result.runs),
    result.unit,
    result.goal ? `≤ ${shown(result.goal.atMost)}${result.goal.of === 'most' ? ' at most' : ''}` : '',
    kept === undefined ? '' : kept ? 'ok' : 'MISSED',
  ];
}

/** Three digits that say something. */
export function shown(figure: number): string {
  if (Number.isInteger(figure) || Math.abs(figure) >= 100) return String(Math.round(figure));
  return figure.toFixed(Math.abs(figure) >= 10 ? 1 : 2);
}
