/**
 * SQL for a text in one character set and collation, whatever its column has. A host may have converted some tables or
 * all: the server refuses to join, or to put below each other, texts of different collations of one character set.
 */
export function commonText(column: string): string {
  return `convert(${column} using utf8mb4) collate utf8mb4_bin`;
}
