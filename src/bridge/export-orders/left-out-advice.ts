import type { LeftOutReason } from './left-out.ts';

/** What the admin can do about an order that is left out, a sentence for each reason. */
export const LEFT_OUT_ADVICE: Readonly<Record<LeftOutReason, string>> = {
  'status-not-mapped':
    'Put this status into one of the STATUS_… settings, or give the order another status in the shop.',
  'placed-before-start': 'Set ORDER_START_DATE to an earlier day, or leave it empty.',
  'country-not-wanted': 'Add its ship-to country to ORDER_COUNTRIES, or leave that setting empty.',
  'vendor-not-wanted': "Add its vendor's id to ORDER_VENDORS, or leave that setting empty.",
  'storefront-not-wanted': "Add its storefront's id to ORDER_STOREFRONTS, or leave that setting empty.",
  'method-not-wanted':
    'Let ORDER_SHIPPING_METHODS take its shipping method, or choose another method for the order in the shop.',
  'status-not-wanted': 'Add this ShipStation status to ORDER_EXPORT_STATUSES, or leave that setting empty.',
  pickup: 'Set EXPORT_PICKUP_ORDERS=true to have it sent with the pickup point as ship-to.',
  incomplete:
    'Nothing, if the buyer gave it up. Else find it in the shop by searching the orders for the status Incompleted, and give it a status. If somebody is just saving it, the next poll brings it.',
  parent: "Look at the vendors' orders: each is sent by itself.",
  'no-lines': 'Edit the order in the shop and add its products.',
  'only-downloads':
    'Nothing, if nothing has to be shipped. Else edit the product in the shop: take away Downloadable, or tick that it is shipped.',
  'no-name': 'Edit the order in the shop and fill in the first or last name of the shipping address.',
  'no-address': 'Edit the order in the shop and fill in the street of the shipping address.',
  'no-city': 'Edit the order in the shop and fill in the city of the shipping address.',
  'no-country': 'Edit the order in the shop and choose the country of the shipping address.',
  'beyond-format':
    'Change the value in the shop, or ship the order without ShipStation: it takes amounts up to 9,999,999.99 and quantities from 1 to 99,999.',
  unreadable:
    "Look at the order in the shop and save it there once more. If that does not help, report it with the line order.failed of the bridge's log.",
};
