import { readFileSync } from 'node:fs';
import { ParseOption, XmlDocument, XmlLibError, XsdValidator } from 'libxml2-wasm';

const SCHEMA_TEXT = readFileSync(new URL('../../fixtures/orders.xsd', import.meta.url), 'utf8');

// The guide's tables have these elements, the schema printed behind them has not; ShipStation takes them.
const ONLY_IN_TABLES = { CurrencyCode: '<xs:length value="3"/>', UPC: '<xs:maxLength value="12"/>' };

const printedSchema = compile(SCHEMA_TEXT);
const guideSchema = compile(Object.entries(ONLY_IN_TABLES).reduce(addElement, SCHEMA_TEXT));

/**
 * What is wrong with an orders document, a sentence each; none when it is valid. Checked against the schema of
 * ShipStation's guide plus the guide's optional `CurrencyCode` and `UPC`; with `printed`, against the printed schema
 * alone.
 */
export function validateOrders(xml: string, { printed = false }: { printed?: boolean } = {}): string[] {
  let document: XmlDocument | undefined;
  try {
    document = parseXml(xml);
    (printed ? printedSchema : guideSchema).validate(document);
    return [];
  } catch (error) {
    if (!(error instanceof XmlLibError)) throw error;
    const messages = error.details.map((detail) => detail.message.trim());
    return messages.length > 0 ? messages : [error.message.trim()];
  } finally {
    document?.dispose();
  }
}

/** A document of libxml2, which the caller disposes of. Throws `XmlLibError` for what is not well-formed. */
export function parseXml(xml: string): XmlDocument {
  return XmlDocument.fromString(xml, {
    option: ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_BIG_LINES,
  });
}

function compile(text: string): XsdValidator {
  const document = parseXml(text);
  try {
    return XsdValidator.fromDoc(document);
  } finally {
    document.dispose();
  }
}

/** Puts an optional element of text where the schema has a comment of its name. */
function addElement(schema: string, [name, limit]: readonly [name: string, limit: string]): string {
  const mark = `<!-- ${name} -->`;
  if (!schema.includes(mark)) throw new Error(`orders.xsd has lost the place of ${name}`);
  return schema.replace(
    mark,
    `<xs:element name="${name}" minOccurs="0"><xs:simpleType><xs:restriction base="xs:string">${limit}</xs:restriction></xs:simpleType></xs:element>`,
  );
}
