import type { OrderId } from '../../values/order-id.ts';

/** The orders that a notice is being worked on for at this moment, by whoever holds the lock of the order. */
export interface WorkInHand {
  /** Counts the order in until `work` has ended. Throws what `work` throws. */
  during<Result>(orderId: OrderId, work: () => Promise<Result>): Promise<Result>;
  orders(): readonly OrderId[];
  /** Resolves when there are none. */
  done(): Promise<void>;
}

export function createWorkInHand(): WorkInHand {
  const going = new Map<Promise<unknown>, OrderId>();
  return {
    async during(orderId, work) {
      const working = work();
      going.set(working, orderId);
      try {
        return await working;
      } finally {
        going.delete(working);
      }
    },
    orders: () => [...new Set(going.values())],
    async done() {
      while (going.size > 0) await Promise.allSettled(going.keys());
    },
  };
}
