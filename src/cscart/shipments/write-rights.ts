import type { Queryable } from '../../database/database.ts';
import { isSyntaxError } from '../../database/database-errors.ts';
import type { Store } from '../store/store.ts';
import { modifiedStamps } from '../store/store-shape.ts';

/** What is written besides what every notice needs. */
export interface FurtherWrites {
  readonly labels: boolean;
  readonly log: boolean;
}

/**
 * Throws what the server answers when this account may not write what a notice needs. The statements are explained,
 * which asks for the same rights, and not run. Servers that explain reading statements only are taken at their word.
 */
export async function checkWriteRights(
  database: Queryable,
  store: Store,
  { labels, log }: FurtherWrites,
): Promise<void> {
  const stamps = modifiedStamps(store.shape);
  const statements = [
    `insert into ${store.tables('shipments')} (tracking_number, comments) values ('', '')`,
    `insert ignore into ${store.tables('shipment_items')} (item_id, shipment_id) values (0, 0)`,
    `update ${store.tables('orders')} set status = ''${stamps.map((column) => `, ${column} = 0`).join('')} where order_id = 0`,
    ...(labels
      ? [
          `update ${store.tables('shipments')} set tracking_number = '', carrier = '', comments = '' where shipment_id = 0`,
        ]
      : []),
    ...(log ? [`insert into ${store.tables('logs')} (type, content, backtrace) values ('', '', '')`] : []),
  ];
  for (const statement of statements) {
    try {
      await database.query(`explain ${statement}`);
    } catch (error) {
      if (!isSyntaxError(error)) throw error;
    }
  }
}
