// The longest that the shop keeps, its product groups, take 15 kB. What is far longer is no order's, and a page of such
// columns would fill the memory before anybody has looked at it.
const LONGEST_BYTES = 1_048_576;

/** SQL for the bytes of a PHP-serialized column, text or blob; empty for what is too long to be real. */
export function serializedColumn(column: string): string {
  return `cast(if(length(${column}) > ${LONGEST_BYTES}, '', ${column}) as binary)`;
}
