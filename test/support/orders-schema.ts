import { readFileSync } from 'node:fs';
import { ParseOption, XmlDocument, XmlLibError, XsdValidator } from 'libxml2-wasm';

const SCHEMA_TEXT = readFileSync(new URL('../../fixtures/orders.xsd', import.meta.url), 'utf8');

// The guide's table has this element, the schema printed behind it has not; ShipStation takes it.
const CURRENCY_MARK = '<!-- CurrencyCode -->';
const CURRENCY_ELEMENT =
  '<xs:element name="CurrencyCode" minOccurs="0"><xs:simpleType><xs:restriction base="xs:string">' +
  '<xs:length value="3"/></xs:restriction></xs:simpleType></xs:element>';

if (!SCHEMA_TEXT.includes(CURRENCY_MARK)) throw new Error('orders.xsd has lost the place of CurrencyCode');

const printedSchema = compile(SCHEMA_TEXT);
const guideSchema = compile(SCHEMA_TEXT.replace(CURRENCY_MARK, CURRENCY_ELEMENT));

/**
 * What is wrong with an orders document, a sentence each; none when it is valid. Checked against the schema of
 * ShipStation's guide plus the guide's optional `CurrencyCode`; with `printed`, against the printed schema alone.
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
