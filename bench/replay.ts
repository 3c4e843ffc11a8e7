import type { Connection } from 'mysql2/promise';
import type { Statement } from './recorded.ts';

/** What stands for what, where statements of one order are run for another. */
export type Substitutes = ReadonlyMap<string | number, string | number>;

/**
 * Puts other values in the place of some, wherever they stand: as a number, as a text or within one, and in lists. Numbers
 * are replaced as a whole and by numbers, so they have to be such as stand for nothing else.
 */
export function substitute(value: unknown, substitutes: Substitutes): unknown {
  if (Array.isArray(value)) return value.map((member) => substitute(member, substitutes));
  if (typeof value === 'number') return substitutes.get(value) ?? value;
  if (typeof value !== 'string') return value;
  let text = value;
  for (const [from, to] of substitutes) text = text.replaceAll(String(from), String(to));
  return text;
}

/**
 * Runs recorded statements one after the other for something else than they were recorded for. What the server numbers
 * by itself is not known before: `numbered` says which number the recorded statements call it by.
 */
export async function replay(
  connection: Connection,
  statements: readonly Statement[],
  substitutes: Substitutes,
  numbered: (sql: string) => number | undefined,
): Promise<void> {
  const known = new Map(substitutes);
  for (const [sql, values] of statements) {
    const [answer] = await connection.query(
      sql,
      values.map((value) => substitute(value, known)),
    );
    const number = numbered(sql);
    if (number !== undefined && 'insertId' in answer) known.set(number, answer.insertId);
  }
}
