import type { Order } from '../../../cscart/orders/order.ts';
import type { ReadSource } from './configured-fields.ts';
import type { ShippingWords } from './shipping-words.ts';

/** The sources of a custom field, beside each other; `undefined` where they say nothing. */
export function customField(
  sources: readonly ReadSource[],
  order: Order,
  words: ShippingWords,
): string | undefined {
  let texts = '';
  for (const read of sources) {
    const { text } = read(order, words);
    if (text === '') continue;
    const line = text.replace(/\s+/g, ' ');
    texts = texts === '' ? line : `${texts}, ${line}`;
  }
  return texts || undefined;
}

/** The sources of notes and what else they have to say, below each other; `undefined` where that is nothing. */
export function notes(
  sources: readonly ReadSource[],
  order: Order,
  words: ShippingWords,
  more: readonly string[] = [],
): string | undefined {
  let lines = '';
  const add = (line: string) => {
    lines = lines === '' ? line : `${lines}\n${line}`;
  };
  for (const read of sources) {
    const { label, text } = read(order, words);
    if (text !== '') add(label === '' ? text : `${label}: ${text}`);
  }
  for (const line of more) add(line);
  return lines || undefined;
}

// What a checkbox, a choice (in the order's language) or an add-on's column says for "no".
const NO = /^(?:n|no|non|nein|nee|nej|nie|não|нет|ні|όχι|hayır|いいえ|不|否|false|off|none|-|0|0\.00)$/i;

/** Whether a source says that an order is a gift: by any text that is not a no. */
export function isGift(source: ReadSource | undefined, order: Order, words: ShippingWords): boolean {
  const text = source?.(order, words).text.trim() ?? '';
  return text !== '' && !NO.test(text);
}
