// The longest that the shop keeps, its product groups, take 15 kB. What is far longer is no order's, and a page of such
// columns would fill the memory before anybody has looked at it.
const LONGEST_BYTES = 1_048_576;
// Of those, so much is read: a beginning says more than nothing.
const BEGINNING_BYTES = 65_536;

/** SQL for the bytes of a PHP-serialized column, text or blob; of what is too long to be real, for its beginning. */
export function serializedColumn(column: string): string {
  const bytes = `cast(${column} as binary)`;
  return `if(length(${column}) > ${LONGEST_BYTES}, left(${bytes}, ${BEGINNING_BYTES}), ${bytes})`;
}
