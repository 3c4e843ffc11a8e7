import { describe, expect, test } from 'vitest';
import { validateOrders } from './orders-schema.ts';

const SAMPLE = `<?xml version="1.0" encoding="utf-8"?>
<Orders pages="1">
  <Order>
    <OrderID>7001</OrderID>
    <OrderNumber>7001</OrderNumber>
    <OrderDate>03/02/2026 09:05</OrderDate>
    <OrderStatus>paid</OrderStatus>
    <LastModified>03/02/2026 09:17</LastModified>
    <ShippingMethod><![CDATA[Courier to door]]></ShippingMethod>
    <PaymentMethod>Card</PaymentMethod>
    <OrderTotal>51.90</OrderTotal>
    <TaxAmount>2.40</TaxAmount>
    <ShippingAmount>6.50</ShippingAmount>
    <CustomerNotes><![CDATA[Leave with the porter]]></CustomerNotes>
    <Customer>
      <CustomerCode>pat@example.test</CustomerCode>
      <BillTo><Name>Pat Doe</Name><Email>pat@example.test</Email></BillTo>
      <ShipTo>
        <Name>Pat Doe</Name><Address1>5 Hill Rd</Address1><City>Salem</City>
        <State>OR</State><PostalCode>97301</PostalCode><Country>US</Country>
      </ShipTo>
    </Customer>
    <Items>
      <Item>
        <LineItemID>34001</LineItemID><SKU>MUG-2</SKU><Name>Stone mug</Name>
        <Weight>14.50</Weight><WeightUnits>Ounces</WeightUnits>
        <Quantity>2</Quantity><UnitPrice>24.00</UnitPrice>
        <Options><Option><Name>Glaze</Name><Value>Blue</Value></Option></Options>
      </Item>
      <Item>
        <SKU></SKU><Name>Spring coupon</Name><Quantity>1</Quantity>
        <UnitPrice>-5.00</UnitPrice><Adjustment>true</Adjustment>
      </Item>
    </Items>
  </Order>
</Orders>`;

/** The sample with one place changed; fails when the place is not there, so that no row can pass by accident. */
function change(from: string | RegExp, to: string): string {
  const changed = SAMPLE.replace(from, to);
  if (changed === SAMPLE) throw new Error(`not in the sample: ${from}`);
  return changed;
}

const DATE = '<OrderDate>03/02/2026 09:05</OrderDate>';
const date = (text: string) => change(DATE, `<OrderDate>${text}</OrderDate>`);
const IMAGE_PLACE = '<Weight>14.50</Weight>';

describe('the printed schema takes', () => {
  test.each<[string, string]>([
    ['the sample as it is', SAMPLE],
    ['pages="0"', change('pages="1"', 'pages="0"')],
    ['the largest number of pages', change('pages="1"', 'pages="32767"')],
    ['no pages at all', change(' pages="1"', '')],
    ['no order', '<Orders pages="1"></Orders>'],
    ['no OrderID', change('<OrderID>7001</OrderID>', '')],
    ['no State', change('<State>OR</State>', '')],
    ['an empty State', change('<State>OR</State>', '<State></State>')],
    ['no items', change(/<Items>[\s\S]*<\/Items>/, '<Items></Items>')],
    ['a quantity of 0', change('<Quantity>2<', '<Quantity>0<')],
    ['an empty PostalCode', change('97301', '')],
    ['an empty SKU', change('MUG-2', '')],
    ['an empty ImageUrl', change(IMAGE_PLACE, `<ImageUrl></ImageUrl>${IMAGE_PLACE}`)],
    ['an ImageUrl with a blank', change(IMAGE_PLACE, `<ImageUrl>http://a.test/a b</ImageUrl>${IMAGE_PLACE}`)],
    ['a price with six decimals', change('24.00', '24.000000')],
    ['CDATA around a date', date('<![CDATA[03/02/2026 09:05]]>')],
    ['seconds in a date', date('03/02/2026 09:05:09')],
    ['one-digit month, day and hour', date('3/2/2026 9:05')],
    ['a trailing Z', date('03/02/2026 09:05Z')],
    ['one blank behind the time', date('03/02/2026 09:05 ')],
    ['a 24-hour time with PM', date('03/02/2026 21:56 PM')],
    [
      'elements in another order',
      change(/(<OrderID>.*<\/OrderID>)\s*(<OrderNumber>.*<\/OrderNumber>)/, '$2$1'),
    ],
    ['capitals in a unit', change('Ounces', 'OUNCES')],
    ['the numbers as booleans', change('<Adjustment>true<', '<Adjustment>1<')],
    [
      'a bill-to address',
      change('<Email>', '<Address1>1 Rd</Address1><City>X</City><Country>US</Country><Email>'),
    ],
    ['the longest text', change('MUG-2', 'x'.repeat(100))],
    [
      'a gift with its message and the three fields of choice',
      change(
        '<Customer>',
        '<Gift>true</Gift><GiftMessage>Enjoy</GiftMessage><CustomField1>a</CustomField1>' +
          '<CustomField2>b</CustomField2><CustomField3>c</CustomField3><Customer>',
      ),
    ],
    ['where an item lies', change(IMAGE_PLACE, `<Location>Aisle 4</Location>${IMAGE_PLACE}`)],
  ])('%s', (_, xml) => {
    expect(validateOrders(xml, { printed: true })).toEqual([]);
    expect(validateOrders(xml)).toEqual([]);
  });
});

describe('the printed schema refuses', () => {
  test.each<[string, string]>([
    ['another attribute on the root', change('pages="1"', 'pages="1" page="1"')],
    ['a default namespace on the root', change('<Orders ', '<Orders xmlns="http://example.test/orders" ')],
    ['more pages than xs:short', change('pages="1"', 'pages="32768"')],
    ['CurrencyCode', change('<OrderTotal>', '<CurrencyCode>USD</CurrencyCode><OrderTotal>')],
    ['UPC', change(IMAGE_PLACE, `<UPC>1</UPC>${IMAGE_PLACE}`)],
    ['order-level Dimensions', change('<OrderTotal>', '<Dimensions></Dimensions><OrderTotal>')],
    ['an undeclared element', change('<OrderTotal>', '<Coupon>x</Coupon><OrderTotal>')],
    ['a repeated element', change(DATE, DATE + DATE)],
    ['an empty ship-to Country', change('<Country>US<', '<Country><')],
    ['a ship-to Country of three letters', change('<Country>US<', '<Country>USA<')],
    ['an empty bill-to Country', change('<Email>', '<Country></Country><Email>')],
    ['a bill-to Country of three letters', change('<Email>', '<Country>USA</Country><Email>')],
    ['no ship-to Country', change('<Country>US</Country>', '')],
    ['no PostalCode', change('<PostalCode>97301</PostalCode>', '')],
    ['no SKU', change('<SKU></SKU>', '')],
    ['empty WeightUnits', change('Ounces', '')],
    ['Ounce', change('Ounces', 'Ounce')],
    ['kilograms', change('Ounces', 'kg')],
    ['an empty decimal', change('<TaxAmount>2.40<', '<TaxAmount><')],
    ['an empty boolean', change('<Adjustment>true<', '<Adjustment><')],
    ['yes as a boolean', change('<Adjustment>true<', '<Adjustment>yes<')],
    ['True as a boolean', change('<Adjustment>true<', '<Adjustment>True<')],
    ['a quantity of 2.5', change('<Quantity>2<', '<Quantity>2.5<')],
    ['a quantity of 2.0', change('<Quantity>2<', '<Quantity>2.0<')],
    ['an exponent', change('24.00', '2.4e1')],
    ['a thousands comma', change('24.00', '1,024.00')],
    ['an ISO date', date('2026-03-02T09:05Z')],
    ['an ISO date with a blank', date('2026-03-02 09:05:00')],
    ['two blanks between date and time', date('03/02/2026  09:05')],
    ['a date without a time', date('03/02/2026')],
    ['line breaks inside a date', date('\n03/02/2026 09:05\n')],
    ['a text that is too long', change('MUG-2', 'x'.repeat(101))],
    ['no Customer', change(/<Customer>[\s\S]*<\/Customer>/, '')],
    ['another root', '<Order></Order>'],
    ['half a document', SAMPLE.slice(0, 400)],
    ['no document', ''],
  ])('%s', (_, xml) => {
    expect(validateOrders(xml, { printed: true })).not.toEqual([]);
  });
});

describe('the currency code of the guide', () => {
  const withCurrency = (code: string) =>
    change('<OrderTotal>', `<CurrencyCode>${code}</CurrencyCode><OrderTotal>`);

  test('is taken unless the printed schema is asked for', () => {
    expect(validateOrders(withCurrency('USD'))).toEqual([]);
    expect(validateOrders(withCurrency('USD'), { printed: true })).toEqual([
      expect.stringContaining('CurrencyCode'),
    ]);
  });

  test('has three letters', () => {
    expect(validateOrders(withCurrency('DOLLAR'))).not.toEqual([]);
  });
});

describe("the guide's UPC of an item", () => {
  const withUpc = (upc: string) => change(IMAGE_PLACE, `<UPC>${upc}</UPC>${IMAGE_PLACE}`);

  test('is taken unless the printed schema is asked for', () => {
    expect(validateOrders(withUpc('036000291452'))).toEqual([]);
    expect(validateOrders(withUpc('036000291452'), { printed: true })).toEqual([
      expect.stringContaining('UPC'),
    ]);
  });

  test('has at most twelve characters', () => {
    expect(validateOrders(withUpc('4006381333931'))).not.toEqual([]);
  });
});

test('names each problem', () => {
  const problems = validateOrders(change('24.00', 'x').replace('Ounces', 'Stones'));
  expect(problems).toHaveLength(2);
  expect(problems.join('\n')).toMatch(/WeightUnits[\s\S]*UnitPrice/);
});
