import type { MethodRule } from '../../../config/method-map.ts';
import type { Order } from '../../../cscart/orders/order.ts';

/** How ShipStation is told which way an order goes. */
export interface ShippingWords {
  /** The methods' names as the merchant maps them; several are joined. */
  readonly method: string;
  readonly isRush: boolean;
}

/** The names of an order's methods, by the merchant's table of methods. The first rule that names a method counts. */
export function toShippingWords(order: Order, rules: readonly MethodRule[]): ShippingWords {
  const names: string[] = [];
  let isRush = false;
  for (const { id, name } of order.shippingMethods) {
    const rule = rules.find(({ method }) => isMeant(method, id, name));
    const shown = rule?.name ?? name;
    if (shown !== '' && !names.includes(shown)) names.push(shown);
    if (rule?.isRush) isRush = true;
  }
  return { method: names.join(', '), isRush };
}

/** Whether a rule's method (an id, or a name with `*` for anything) is the method of this id and name. */
export function isMeant(pattern: string, id: number | undefined, name: string): boolean {
  if (id !== undefined && pattern === String(id)) return true;
  return matchesPattern(foldName(pattern), foldName(name));
}

/** `*` stands for anything. Walked by hand: a pattern of many stars would keep a regular expression busy for long. */
function matchesPattern(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return pattern === name;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  const last = rest.pop() ?? '';
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}

function foldName(name: string): string {
  return name.replace(/\s+/g, ' ').trim().toLowerCase();
}
