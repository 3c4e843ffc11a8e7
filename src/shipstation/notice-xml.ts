import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { UnreadableNotice } from './unreadable-notice.ts';
import { cleanText } from './xml-text.ts';

/** An element by its local name, with its own text (CDATA included, references decoded, not trimmed). */
export interface XmlElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

/** fast-xml-parser's `preserveOrder` form: one key, the element's name or `#text`. */
type OrderedNode = Readonly<Record<string, string | readonly OrderedNode[]>>;

// The deepest path of a notice is ShipNotice/Items/Item/SKU; four times that leaves room for wrappers.
const DEEPEST = 16;

const NAMED_REFERENCES = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

// XML 1.0 §§ 4.1 and 4.6. An `&` that begins none of these is not well-formed.
const REFERENCE = /&(?:#([0-9]{1,7}|x[0-9a-f]{1,6});|(\w+);)?/gi;

const parser = new XMLParser({
  // A list of named nodes instead of an object: repeated items stay apart, and no element name becomes a property that
  // means something to JavaScript.
  preserveOrder: true,
  removeNSPrefix: true,
  // The default would make 12 of the SKU "0012", and 9.4e21 of a tracking number of 22 digits.
  parseTagValue: false,
  trimValues: false,
  ignorePiTags: true,
  maxNestedTags: DEEPEST,
  // Otherwise every element's path is built as a string for callbacks that are not there.
  jPath: false,
  // The built-in decoder leaves numeric references alone unless it also takes HTML's; ours takes exactly XML's.
  entityDecoder: {
    decode: decodeReferences,
    // Called for a DOCTYPE wherever the parser meets one; the prolog was looked at before.
    addInputEntities: refuseDoctype,
    setExternalEntities: () => undefined,
    setXmlVersion: () => undefined,
    reset: () => undefined,
  },
});

/**
 * Reads XML bytes (UTF-8, or UTF-16 as XML 1.0 appendix F recognises it; the encoding that the prolog names is not
 * trusted, since ShipStation's own plugins name a wrong one) into its root element. `undefined` for a blank body.
 *
 * Throws {@link UnreadableNotice} for what is not well-formed, goes deeper than a notice ever does, or has a DOCTYPE: a
 * notice needs none, and entities are what hostile XML is made of. Characters that XML forbids are dropped rather than
 * refused: a control character in a note must not cost the merchant a shipment.
 */
export function parseNoticeXml(body: Buffer): XmlElement | undefined {
  const text = decodeBytes(body).trim();
  if (text === '') return undefined;
  if (hasDoctype(text)) refuseDoctype();
  const validity = XMLValidator.validate(text);
  if (validity !== true) {
    throw new UnreadableNotice(`The shipment notice is not well-formed XML (line ${validity.err.line}).`);
  }
  // The validator lets a second root pass behind an empty first one.
  const [root, ...others] = elementsOf(parseNodes(text));
  if (root === undefined || others.length > 0) throw notWellFormed();
  return root;
}

function parseNodes(text: string): readonly OrderedNode[] {
  try {
    return parser.parse(text);
  } catch (cause) {
    throw cause instanceof UnreadableNotice ? cause : notWellFormed(cause);
  }
}

function elementsOf(nodes: readonly OrderedNode[]): XmlElement[] {
  const elements: XmlElement[] = [];
  for (const node of nodes) {
    for (const [name, content] of Object.entries(node)) {
      if (typeof content === 'string') continue;
      // `<!anything` outside of comments, CDATA and DOCTYPE comes out as an element.
      if (name.startsWith('!')) throw notWellFormed();
      elements.push({ name, text: textOf(content), children: elementsOf(content) });
    }
  }
  return elements;
}

function textOf(nodes: readonly OrderedNode[]): string {
  let text = '';
  for (const node of nodes) {
    const piece = node['#text'];
    if (typeof piece === 'string') text += piece;
  }
  return cleanText(text);
}

function decodeBytes(body: Buffer): string {
  const [first, second] = body;
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) {
    return new TextDecoder('utf-16be').decode(body);
  }
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) {
    return new TextDecoder('utf-16le').decode(body);
  }
  return new TextDecoder('utf-8').decode(body);
}

/** Whether the prolog holds a DOCTYPE. Looks at nothing behind the first element, where the same words are only text. */
function hasDoctype(text: string): boolean {
  let position = 0;
  for (;;) {
    position = text.indexOf('<', position);
    if (position === -1) return false;
    if (text.startsWith('<?', position)) position = text.indexOf('?>', position);
    else if (text.startsWith('<!--', position)) position = text.indexOf('-->', position + 4);
    else return /^<!doctype/i.test(text.slice(position, position + 9));
    if (position === -1) return false;
  }
}

function decodeReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(REFERENCE, (_, number: string | undefined, name: string | undefined) => {
    const character = number === undefined ? NAMED_REFERENCES.get(name ?? '') : characterOf(number);
    if (character === undefined) throw notWellFormed();
    return character;
  });
}

function characterOf(number: string): string | undefined {
  const codePoint = /^x/i.test(number) ? Number.parseInt(number.slice(1), 16) : Number.parseInt(number, 10);
  if (codePoint > 0x10_ffff) return undefined;
  return cleanCharacter(codePoint);
}

// Dropped here already: two halves of a surrogate pair, written as two references, must not become one character.
function cleanCharacter(codePoint: number): string {
  const character = String.fromCodePoint(codePoint);
  return character === '\r' ? character : cleanText(character);
}

function refuseDoctype(): never {
  throw new UnreadableNotice('The shipment notice has a DOCTYPE, which is not accepted.');
}

function notWellFormed(cause?: unknown): UnreadableNotice {
  return new UnreadableNotice('The shipment notice is not well-formed XML.', { cause });
}
