import type { Queryable } from '../../database/database.ts';
import type { TableNames } from '../../database/table-names.ts';
import { storedName } from '../stored-text.ts';
import type { StoreShape } from './store-shape.ts';

/** The states, provinces and regions that the store lists. Countries have two letters. */
export interface States {
  /** The name of a state by its code, in the store's first language that has one. */
  nameOf(country: string, code: string): string | undefined;
  /** The code of a state by its name in any language; case, accents and punctuation do not count. */
  codeOf(country: string, name: string): string | undefined;
}

/** Reads all states with their names (some thousand short rows). An account may lack the right: then none is known. */
export async function readStates(
  database: Queryable,
  tables: TableNames,
  shape: StoreShape,
  languages: readonly string[],
): Promise<States> {
  if (!shape.has('states') || !shape.has('state_descriptions')) return statesOf([], languages);
  const rows = await database.query<StateRow>(
    `select s.country_code as country, s.code, d.lang_code as language, d.state as name
       from ${tables('states')} s join ${tables('state_descriptions')} d on d.state_id = s.state_id
      where d.state <> ''`,
  );
  return statesOf(rows, languages);
}

interface StateRow {
  readonly country: string;
  readonly code: string;
  readonly language: string;
  readonly name: string;
}

function statesOf(rows: readonly StateRow[], languages: readonly string[]): States {
  const names = new Map<string, { readonly name: string; readonly rank: number }>();
  const codes = new Map<string, string>();
  for (const { country, code, language, name } of rows) {
    const known = names.get(key(country, code));
    const rank = languages.includes(language) ? languages.indexOf(language) : languages.length;
    if (!known || rank < known.rank) names.set(key(country, code), { name: storedName(name), rank });
    codes.set(key(country, storedName(name)), code);
  }
  return {
    nameOf: (country, code) => names.get(key(country, code))?.name,
    codeOf: (country, name) => codes.get(key(country, name)),
  };
}

function key(country: string, text: string): string {
  return `${country.toUpperCase()} ${foldPlaceName(text)}`;
}

/** What is compared of a place's name: `Québec` and `quebec`, `N. Carolina` and `N Carolina` are the same. */
export function foldPlaceName(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}
