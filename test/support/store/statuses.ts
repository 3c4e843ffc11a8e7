import type { Row } from './tables.ts';
import { isAtLeast, type StoreVersion } from './version.ts';

/** A status that a merchant made. */
export interface ExtraStatus {
  /** One capital letter that no other order status has. */
  readonly letter: string;
  readonly name: string;
  /** By language code, where it differs from `name`. */
  readonly names?: Readonly<Record<string, string>>;
  /** What an order in this status does to the stock: `D` takes goods out, `I` puts them back. */
  readonly inventory: 'D' | 'I';
}

interface ShippedStatus extends ExtraStatus {
  readonly params?: Readonly<Record<string, string>>;
}

/** The order statuses of a fresh install. N (incomplete) and T (parent) are built into the code and have no rows. */
function orderStatuses(version: StoreVersion): readonly ShippedStatus[] {
  const paid = isAtLeast(version, '4.12.1') ? { payment_received: 'Y' } : {};
  return [
    { letter: 'O', name: 'Open', names: { de: 'Offen', fr: 'Ouverte' }, inventory: 'D' },
    isAtLeast(version, '4.11.5')
      ? { letter: 'P', name: 'Paid', names: { de: 'Bezahlt', fr: 'Payée' }, inventory: 'D', params: paid }
      : {
          letter: 'P',
          name: 'Processed',
          names: { de: 'Bearbeitet', fr: 'Traitée' },
          inventory: 'D',
          params: paid,
        },
    {
      letter: 'C',
      name: 'Complete',
      names: { de: 'Abgeschlossen', fr: 'Terminée' },
      inventory: 'D',
      params: { ...paid, allow_return: 'Y', appearance_type: 'I' },
    },
    {
      letter: 'F',
      name: 'Failed',
      names: { de: 'Fehlgeschlagen', fr: 'Échouée' },
      inventory: 'I',
      params: { repay: 'Y' },
    },
    {
      letter: 'D',
      name: 'Declined',
      names: { de: 'Abgelehnt', fr: 'Refusée' },
      inventory: 'I',
      params: { repay: 'Y' },
    },
    {
      letter: 'B',
      name: 'Backordered',
      names: { de: 'Im Rückstand', fr: 'En rupture de stock' },
      inventory: 'I',
      params: { repay: 'Y' },
    },
    {
      letter: 'I',
      name: 'Canceled',
      names: { de: 'Storniert', fr: 'Annulée' },
      inventory: 'I',
      params: { repay: 'Y' },
    },
    {
      letter: 'Y',
      name: 'Awaiting call',
      names: { de: 'Rückruf erwartet', fr: 'Appel en attente' },
      inventory: 'D',
    },
  ];
}

const SHIPMENT_STATUSES = [
  { letter: 'P', name: 'Picked up' },
  { letter: 'A', name: 'Packed' },
  { letter: 'S', name: 'Shipped' },
];

/**
 * The rows of `statuses`, `status_descriptions` and `status_data`. Up to 4.3.3 the latter two are keyed by letter and
 * type, from 4.3.6 on by `status_id`; each row carries both, and the tables take what they have.
 */
export function statusRows(
  version: StoreVersion,
  languages: readonly string[],
  extra: readonly ExtraStatus[],
): { statuses: Row[]; status_descriptions: Row[]; status_data: Row[] } {
  const ofOrders = [...orderStatuses(version), ...extra].map((status) => ({ ...status, type: 'O' }));
  // Shipments got statuses with 4.3.7; 4.4.2 is the first version known to have them.
  const ofShipments = isAtLeast(version, '4.3.7')
    ? SHIPMENT_STATUSES.map((status) => ({ ...status, type: 'S' }))
    : [];
  const all: (Partial<ShippedStatus> & { letter: string; name: string; type: string })[] = [
    ...ofOrders,
    ...ofShipments,
  ];
  const keyed = all.map((status, index) => ({
    ...status,
    key: { status_id: index + 1, status: status.letter, type: status.type },
  }));
  return {
    statuses: keyed.map(({ key }, index) => ({ ...key, is_default: 'Y', position: index * 10 })),
    status_descriptions: keyed.flatMap(({ key, name, names }) =>
      languages.map((language) => ({ ...key, lang_code: language, description: names?.[language] ?? name })),
    ),
    status_data: keyed.flatMap(({ key, inventory, params }) =>
      Object.entries(inventory === undefined ? {} : { inventory, color: '#97cf4d', ...params }).map(
        ([param, value]) => ({ ...key, param, value }),
      ),
    ),
  };
}
