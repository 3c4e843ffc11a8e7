// `shippings.shipping_id` is a mediumint.
const LARGEST = 16_777_215;

/** The methods of an order as `orders.shipping_ids` lists them, with commas between; what is no id is passed over. */
export function parseShippingIds(list: string | null): readonly number[] {
  if (!list) return [];
  return list
    .split(',')
    .filter((id) => /^\s*\d{1,8}\s*$/.test(id))
    .map(Number)
    .filter((id) => id > 0 && id <= LARGEST);
}
