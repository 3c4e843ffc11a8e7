import type { ShipStationStatus } from './order-document.ts';

/**
 * The two ways in which ShipStation is told a store: its *Custom Store* form, where the merchant types the words of the
 * statuses, and its *CS-Cart* tile, which has words of its own that nobody can change.
 */
export const VOCABULARIES = ['custom-store', 'cs-cart'] as const;
export type Vocabulary = (typeof VOCABULARIES)[number];

/** What stands in `OrderStatus` for each of ShipStation's statuses. ShipStation tells capitals from small letters. */
export type WireWords = Readonly<Record<ShipStationStatus, string>>;

/**
 * The words of each vocabulary. The form suggests the first five itself. The tile knows four, and none for an order on
 * hold: `pending` keeps such an order among those that cannot get a label, and `processed` lets it go later. A word that
 * the tile does not know could lose the order, or let it be shipped.
 */
export const WIRE_WORDS: Readonly<Record<Vocabulary, WireWords>> = {
  'custom-store': {
    unpaid: 'unpaid',
    paid: 'paid',
    shipped: 'shipped',
    cancelled: 'cancelled',
    on_hold: 'on_hold',
  },
  'cs-cart': {
    unpaid: 'pending',
    paid: 'processed',
    shipped: 'shipped',
    cancelled: 'canceled',
    on_hold: 'pending',
  },
};
