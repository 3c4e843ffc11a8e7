import { parseNoticeXml, type XmlElement } from './notice-xml.ts';

/** A text, or what an element holds by the names of its elements; `Items` and `Options` are lists. */
type WrittenValue = string | WrittenElement | readonly WrittenValue[];
export interface WrittenElement {
  readonly [name: string]: WrittenValue;
}

const LISTS: ReadonlySet<string> = new Set(['Orders', 'Items', 'Options']);

/**
 * Reads back the orders of a page that {@link writeOrdersXml} has written: what ShipStation gets, after all that the writer
 * cuts and leaves out. Throws for any other text.
 */
export function readWrittenOrders(xml: string): readonly WrittenElement[] {
  const root = parseNoticeXml(Buffer.from(xml));
  if (root?.name !== 'Orders') throw new TypeError('not a page of orders');
  return root.children.map(elementOf);
}

function valueIn(element: XmlElement): WrittenValue {
  if (LISTS.has(element.name)) return element.children.map(elementOf);
  return element.children.length > 0 ? elementOf(element) : element.text;
}

function elementOf({ children }: XmlElement): WrittenElement {
  return Object.fromEntries(children.map((child) => [child.name, valueIn(child)]));
}

/** The text of an element, empty where there is none. */
export function textOf(parent: WrittenElement, name: string): string {
  const value = parent[name];
  return typeof value === 'string' ? value : '';
}

/** The element of a name; an empty one where there is none. */
export function partOf(parent: WrittenElement, name: string): WrittenElement {
  const [part] = asElements(parent[name]);
  return part ?? {};
}

/** The elements of a list. */
export function listOf(parent: WrittenElement, name: string): readonly WrittenElement[] {
  return asElements(parent[name]);
}

function asElements(value: WrittenValue | undefined): readonly WrittenElement[] {
  if (value === undefined || typeof value === 'string') return [];
  return isList(value) ? value.flatMap(asElements) : [value];
}

function isList(value: WrittenElement | readonly WrittenValue[]): value is readonly WrittenValue[] {
  return Array.isArray(value);
}
