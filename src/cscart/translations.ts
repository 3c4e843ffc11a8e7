/** A name by language code. */
export type Translations = ReadonlyMap<string, string>;

/** A name in the first of `languages` that has one, else in any; `undefined` where there is none. */
export function translate(names: Translations | undefined, languages: readonly string[]): string | undefined {
  if (!names) return undefined;
  for (const language of languages) {
    const name = names.get(language);
    if (name) return name;
  }
  for (const name of names.values()) if (name !== '') return name;
  return undefined;
}
