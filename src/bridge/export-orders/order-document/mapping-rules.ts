import type { ExportConfig } from '../../../config/config.ts';
import type { Store } from '../../../cscart/store/store.ts';
import type { ShipStationStatus } from '../../../shipstation/order-document.ts';
import type { EpochSeconds } from '../../../values/epoch-seconds.ts';
import type { OrderId } from '../../../values/order-id.ts';
import type { FieldReaders } from './configured-fields.ts';

/** What turning an order into a document needs besides the order. */
export interface MappingRules {
  readonly meanings: ReadonlyMap<string, ShipStationStatus>;
  readonly store: Pick<Store, 'gramsPerWeightUnit' | 'primaryCurrency' | 'states'>;
  readonly config: Pick<
    ExportConfig,
    'currencyCode' | 'orderNumberPrefix' | 'weightUnit' | 'methodRules' | 'pickupOrders'
  > & { readonly filters: Pick<ExportConfig['filters'], 'statuses' | 'countries'> };
  readonly fields: FieldReaders;
  /** When the bridge saw orders change, for a store that keeps no such instant. */
  readonly seenChanges?: ReadonlyMap<OrderId, EpochSeconds> | undefined;
}
