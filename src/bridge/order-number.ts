import { type OrderId, parseOrderId } from '../values/order-id.ts';

/** The order that somebody typed: as the shop shows it (`#101`), or with the prefix, as ShipStation does. */
export function typedOrderId(typed: string, prefix: string): OrderId | undefined {
  const text = typed.trim();
  return orderIdOf(text, prefix) ?? orderIdOf(text.replace(/^(?:order\b)?[\s#№]*/i, ''), prefix);
}

/** The order that a number means, which may carry the configured prefix (whatever its case); `undefined`: none. */
export function orderIdOf(orderNumber: string, prefix: string): OrderId | undefined {
  const hasPrefix = prefix !== '' && orderNumber.toLowerCase().startsWith(prefix.toLowerCase());
  return (
    (hasPrefix ? parseOrderId(orderNumber.slice(prefix.length)) : undefined) ?? parseOrderId(orderNumber)
  );
}
