import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Answer } from '../../../src/commands/connection/call.ts';
import { readOrdersAnswer } from '../../../src/commands/connection/read-orders-answer.ts';
import { writeOrdersXml } from '../../../src/shipstation/orders-xml.ts';
import { WIRE_WORDS } from '../../../src/shipstation/wire-words.ts';
import { anOrder } from '../../shipstation/order-documents.ts';
import { anAnswer, html } from './outcomes.ts';

const XML = { 'content-type': 'application/xml; charset=utf-8' };
const ORDERS = writeOrdersXml(
  { pages: 3, orders: [anOrder(), anOrder({ customerNotes: 'see <Order> & </Orders>' })] },
  WIRE_WORDS['custom-store'],
);
const NONE = writeOrdersXml({ pages: 1, orders: [] }, WIRE_WORDS['custom-store']);

test('orders are counted', () => {
  expect(readOrdersAnswer(anAnswer(200, ORDERS, XML))).toEqual({ kind: 'orders', orders: 2, pages: 3 });
  expect(readOrdersAnswer(anAnswer(200, NONE, XML))).toEqual({ kind: 'orders', orders: 0, pages: 1 });
});

test.each(['<?xml version="1.0"?><Orders/>', '<?xml version="1.0"?>\n<Orders pages="0"></Orders>\n'])(
  'a document without orders is one, too: %j',
  (xml) => {
    expect(readOrdersAnswer(anAnswer(200, xml, XML))).toMatchObject({ kind: 'orders', orders: 0 });
  },
);

describe('what was damaged on the way is told', () => {
  test.each<[string, Answer, RegExp]>([
    ['a byte order mark', anAnswer(200, `\ufeff${ORDERS}`, XML), /byte order mark/],
    ['an empty line before it', anAnswer(200, `\n${ORDERS}`, XML), /blanks or empty lines/],
    ['a blank before it', anAnswer(200, ` ${ORDERS}`, XML), /blanks or empty lines/],
    ['something behind it', anAnswer(200, `${ORDERS}<script src="x"></script>`, XML), /behind the end/],
    ['an end that is missing', anAnswer(200, ORDERS.slice(0, 900), XML), /breaks off after 900 bytes/],
    ['an end that never came', { ...anAnswer(200, ORDERS, XML), isWhole: false }, /breaks off/],
    [
      'compression that nobody asked for',
      anAnswer(200, gzipSync(ORDERS), { ...XML, 'content-encoding': 'gzip' }),
      /compressed \(gzip\)/,
    ],
    ['another compression', anAnswer(200, 'x', { ...XML, 'content-encoding': 'br' }), /compressed \(br\)/],
    ['compression that is not said', anAnswer(200, gzipSync(ORDERS), XML), /does not say so/],
    ['what is said to be HTML', anAnswer(200, ORDERS), /said to be HTML/],
  ])('%s', (_, answer, message) => {
    const read = readOrdersAnswer(answer);
    expect(read).toMatchObject({ kind: 'spoilt', explanation: { message: expect.stringMatching(message) } });
  });
});

test.each<[string, string]>([
  ['nothing', ''],
  ['HTML', html('shop')],
  ['XML of another kind', '<?xml version="1.0"?><rss></rss>'],
  ['a longer name', '<?xml version="1.0"?><OrdersOfOthers></OrdersOfOthers>'],
  ['text', 'Orders'],
])('%s is none', (_, body) => {
  expect(readOrdersAnswer(anAnswer(200, body, XML))).toEqual({ kind: 'none' });
});
