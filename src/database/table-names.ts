/** Gives the quoted name of a table of the store, e.g. `orders` → `` `cscart_orders` ``. */
export type TableNames = ((table: string) => string) & { readonly prefix: string };

/** Whether a text can be a table prefix: what CS-Cart's installer accepts, or nothing at all. */
export function isTablePrefix(text: string): boolean {
  return /^[0-9A-Za-z_$-]{0,40}$/.test(text);
}

/** The one place where a prefix gets into a statement. Throws `TypeError` for a prefix that {@link isTablePrefix} refuses. */
export function createTableNames(prefix: string): TableNames {
  if (!isTablePrefix(prefix)) throw new TypeError('not a table prefix');
  return Object.assign((table: string) => `\`${prefix}${table}\``, { prefix });
}

/** A name of a database, as a statement has it. */
export function quotedName(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}
