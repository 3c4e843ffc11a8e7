import { expect, it } from 'vitest';
import { readOrdersPage } from './imported-order.ts';
import { validateOrders } from './orders-schema.ts';

const DOCUMENT = `<?xml version="1.0" encoding="utf-8"?>
<Orders pages="3">
  <Order>
    <OrderNumber>7001</OrderNumber>
    <OrderDate>03/02/2026 09:05</OrderDate>
    <OrderStatus>paid</OrderStatus>
    <LastModified>03/02/2026 09:17</LastModified>
    <OrderTotal>24.00</OrderTotal>
    <Gift>true</Gift>
    <GiftMessage><![CDATA[Enjoy & rest]]></GiftMessage>
    <CustomField1>Acme Goods</CustomField1>
    <CustomField2></CustomField2>
    <CustomField3>GC-1</CustomField3>
    <Customer>
      <CustomerCode>pat@example.test</CustomerCode>
      <BillTo><Name>Pat Doe</Name></BillTo>
      <ShipTo>
        <Name>Pat Doe</Name><Address1>5 Hill Rd</Address1><City>Salem</City>
        <PostalCode>97301</PostalCode><Country>US</Country>
      </ShipTo>
    </Customer>
    <Items>
      <Item>
        <SKU>MUG-2</SKU><Name>Stone mug</Name><UPC>036000291452</UPC>
        <Quantity>1</Quantity><UnitPrice>24.00</UnitPrice><Location>Aisle 4</Location>
        <Options><Option><Name>Glaze</Name><Value>Blue</Value></Option></Options>
      </Item>
    </Items>
  </Order>
</Orders>`;

it('reads an order as it was written', () => {
  expect(validateOrders(DOCUMENT)).toEqual([]);
  expect(readOrdersPage(DOCUMENT)).toEqual({
    pages: 3,
    orders: [
      {
        OrderNumber: '7001',
        OrderDate: '03/02/2026 09:05',
        OrderStatus: 'paid',
        LastModified: '03/02/2026 09:17',
        OrderTotal: '24.00',
        Gift: 'true',
        GiftMessage: 'Enjoy & rest',
        CustomField1: 'Acme Goods',
        CustomField2: '',
        CustomField3: 'GC-1',
        CustomerCode: 'pat@example.test',
        BillTo: { Name: 'Pat Doe' },
        ShipTo: {
          Name: 'Pat Doe',
          Address1: '5 Hill Rd',
          City: 'Salem',
          PostalCode: '97301',
          Country: 'US',
        },
        Items: [
          {
            SKU: 'MUG-2',
            Name: 'Stone mug',
            UPC: '036000291452',
            Quantity: '1',
            UnitPrice: '24.00',
            Location: 'Aisle 4',
            Options: [{ Name: 'Glaze', Value: 'Blue' }],
          },
        ],
      },
    ],
  });
});
