import type { Answer } from './call.ts';
import type { Explanation } from './verify-finding.ts';

/** An orders document as ShipStation reads it, or what keeps it from being read. */
export type OrdersAnswer =
  | { readonly kind: 'orders'; readonly orders: number; readonly pages: number }
  | { readonly kind: 'spoilt'; readonly explanation: Explanation }
  | { readonly kind: 'none' };

const BOM = '\ufeff';
const ROOT = /^<\?xml[^>]*\?>\s*<Orders\b([^>]*?)(\/?)>/;
const IN_BETWEEN =
  'switch off what changes answers on the way, for this address: a cache, an optimizer, a plugin';

/**
 * Reads a success. `spoilt` is a document of orders that something on the way has damaged; `none` is anything else. Pure.
 */
export function readOrdersAnswer({ headers, body, isWhole }: Answer): OrdersAnswer {
  const coding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (coding !== 'identity' && coding !== '')
    return spoilt(`the answer is compressed (${coding}), though nobody asked for that`);
  if (body[0] === 0x1f && body[1] === 0x8b)
    return spoilt('the answer is compressed (gzip), and does not say so');
  const text = body.toString('utf8');
  const start = text.trimStart();
  // What JavaScript trims includes the byte order mark.
  const root = ROOT.exec(start);
  if (root === null) return { kind: 'none' };
  if (text.startsWith(BOM))
    return spoilt(
      'a byte order mark stands before the XML: ShipStation reports "Data at the root level is invalid"',
    );
  if (start.length < text.length)
    return spoilt('blanks or empty lines stand before the XML: ShipStation cannot read it');
  const end = root[2] === '/' ? root[0].length : text.lastIndexOf('</Orders>') + '</Orders>'.length;
  if (!isWhole || end < root[0].length)
    return spoilt(
      `the answer breaks off after ${body.length.toLocaleString('en-US')} bytes`,
      'look into the web server’s error log: its time-out, its disk for temporary files, or its limit for answers ended it',
    );
  if (text.slice(end).trim() !== '')
    return spoilt('something stands behind the end of the XML: ShipStation cannot read it');
  if (/text\/html/i.test(headers['content-type'] ?? ''))
    return spoilt(
      'the answer is XML, but is said to be HTML (Content-Type)',
      'let the web server keep the Content-Type of the bridge',
    );
  return {
    kind: 'orders',
    orders: text.match(/<Order>/g)?.length ?? 0,
    pages: Number(/\bpages="(\d+)"/.exec(root[1] ?? '')?.[1] ?? '1'),
  };
}

function spoilt(message: string, advice = IN_BETWEEN): OrdersAnswer {
  return { kind: 'spoilt', explanation: { message, advice } };
}
