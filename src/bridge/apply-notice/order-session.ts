import type { Store } from '../../cscart/store/store.ts';
import type { Queryable } from '../../database/database.ts';
import { LockBusy } from '../../database/turns.ts';
import type { OrderId } from '../../values/order-id.ts';
import type { NoticeAnswer, NoticeDependencies } from './notice-answer.ts';
import type { Shop } from './shop.ts';

/** Work on one order, by the one who holds its lock. */
export interface OrderSession
  extends Omit<NoticeDependencies, 'database' | 'ledger' | 'tables' | 'stores' | 'openShop' | 'inHand'> {
  /** The connection that holds the lock: nothing of the store is written but through it. */
  readonly session: Queryable;
  /** By the same connection. */
  readonly shop: Shop;
  readonly store: Store;
  readonly orderId: OrderId;
}

/** Runs `work` while nobody else works on the order; "later" when somebody else does for too long. */
export async function underOrderLock<Result>(
  { database, ledger, book, openShop, config, log, meter, inHand }: NoticeDependencies,
  store: Store,
  orderId: OrderId,
  work: (order: OrderSession) => Promise<Result>,
): Promise<Result | (NoticeAnswer & { readonly kind: 'later' })> {
  try {
    return await database.withLock(`order:${orderId}`, (session) =>
      inHand.during(orderId, () =>
        work({
          session,
          shop: openShop(session, store),
          // In the same database the lock's own connection serves for both: waiting for another one could be for ever.
          book: ledger === database ? book.on(session) : book,
          store,
          orderId,
          config,
          log,
          meter,
        }),
      ),
    );
  } catch (error) {
    if (!(error instanceof LockBusy)) throw error;
    log.warn({ event: 'notice.order_locked', orderId }, 'the order is locked by another notice');
    return { kind: 'later', sentence: `Order ${orderId} is being worked on at this moment.` };
  }
}
