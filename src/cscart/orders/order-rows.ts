import type { Queryable } from '../../database/database.ts';
import type { EpochSeconds } from '../../values/epoch-seconds.ts';
import type { OrderId } from '../../values/order-id.ts';
import type { Store } from '../store/store.ts';
import { changedAtSql } from './changed-orders.ts';

/** A row of `orders`, as far as an export needs it. DECIMALs are text. */
export interface OrderRow {
  readonly order_id: OrderId;
  readonly changed_at: EpochSeconds;
  readonly storefront_id: number;
  readonly company_id: number;
  readonly status: string;
  readonly timestamp: EpochSeconds;
  readonly total: string;
  readonly subtotal: string;
  readonly subtotal_discount: string;
  readonly payment_surcharge: string;
  readonly shipping_cost: string;
  readonly shipping_ids: string | null;
  readonly payment_id: number;
  readonly lang_code: string;
  readonly notes: string | null;
  readonly details: string | null;
  readonly email: string;
  readonly phone: string;
  readonly firstname: string;
  readonly lastname: string;
  readonly company: string;
  readonly b_firstname: string;
  readonly b_lastname: string;
  readonly b_address: string;
  readonly b_address_2: string;
  readonly b_city: string;
  readonly b_state: string;
  readonly b_country: string;
  readonly b_zipcode: string;
  readonly b_phone: string;
  readonly s_firstname: string;
  readonly s_lastname: string;
  readonly s_address: string;
  readonly s_address_2: string;
  readonly s_city: string;
  readonly s_state: string;
  readonly s_country: string;
  readonly s_zipcode: string;
  readonly s_phone: string;
  readonly s_address_type: string;
  readonly [column: `column:${string}`]: string | null;
}

// Present in every version from 4.0.1 on. Never `select *`: payment modules and add-ons put columns of their own there.
export const ORDER_COLUMNS = [
  ...['order_id', 'company_id', 'status', 'timestamp', 'total', 'subtotal'],
  ...['subtotal_discount', 'payment_surcharge'],
  ...['shipping_cost', 'shipping_ids', 'payment_id', 'lang_code', 'notes', 'details', 'email', 'phone'],
  ...['firstname', 'lastname', 'company'],
  ...[
    'b_firstname',
    'b_lastname',
    'b_address',
    'b_address_2',
    'b_city',
    'b_state',
    'b_country',
    'b_zipcode',
    'b_phone',
  ],
  ...[
    's_firstname',
    's_lastname',
    's_address',
    's_address_2',
    's_city',
    's_state',
    's_country',
    's_zipcode',
    's_phone',
    's_address_type',
  ],
] as const;

/**
 * Reads orders by their ids (primary key), in no particular order, with the columns that add-ons have put there (checked
 * names). `orderIds` must not be empty.
 */
export async function readOrderRows(
  database: Queryable,
  store: Store,
  orderIds: readonly OrderId[],
  columns: readonly string[],
): Promise<OrderRow[]> {
  const wanted = [
    ...ORDER_COLUMNS.map((column) => `o.${column}`),
    store.shape.has('orders', 'storefront_id') ? 'o.storefront_id' : '0 as storefront_id',
    `${changedAtSql(store, 'o')} as changed_at`,
    ...columns.map((column) => `cast(o.\`${column}\` as char) as \`column:${column}\``),
  ];
  return database.query<OrderRow>(
    `select ${wanted.join(', ')} from ${store.tables('orders')} o where o.order_id in (?)`,
    [orderIds],
  );
}
