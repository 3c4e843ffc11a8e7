/** The number of an order in the store (`orders.order_id`), at least 1. */
export type OrderId = number & { readonly __brand: 'OrderId' };

// `mediumint unsigned` in every version read; four bytes leave room for a store that widened the column.
const LARGEST = 0xffff_ffff;

/**
 * Reads an order number as it stands in a notice. Only plain digits count: MySQL would turn `12abc` into order 12.
 * Returns `undefined` for everything else.
 */
export function parseOrderId(text: string): OrderId | undefined {
  if (!/^[1-9]\d{0,9}$/.test(text)) return undefined;
  const number = Number(text);
  return number <= LARGEST ? (number as OrderId) : undefined;
}

/** An `order_id` that the store itself gave. */
export function createOrderId(storedId: number): OrderId {
  if (!Number.isInteger(storedId) || storedId < 1 || storedId > LARGEST) {
    throw new RangeError(`not an order id: ${storedId}`);
  }
  return storedId as OrderId;
}
