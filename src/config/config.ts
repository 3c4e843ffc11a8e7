import type { DatabaseUrl } from '../database/database-url.ts';
import type { ShipStationStatus, WeightUnits } from '../shipstation/order-document.ts';
import type { Vocabulary } from '../shipstation/wire-words.ts';
import type { CalendarDay } from '../values/calendar-day.ts';
import type { FieldSource, ItemSource } from './field-source.ts';
import type { MethodRule } from './method-map.ts';

/** Everything that the admin decides, read once at start. */
export interface Config {
  /** What ShipStation must send. Several passwords while one is being changed. */
  readonly credentials: { readonly username: string; readonly passwords: readonly string[] };
  readonly store: {
    readonly databaseUrl: DatabaseUrl;
    /** A replica of that database, for reading orders. */
    readonly readDatabaseUrl: DatabaseUrl | undefined;
    readonly tablePrefix: string;
    /** Base of image URLs, where the store's own is wrong. */
    readonly url: string | undefined;
  };
  /** `undefined`: the bridge's tables lie in the store's database. */
  readonly bridgeDatabaseUrl: DatabaseUrl | undefined;
  readonly statuses: StatusWords;
  /** In whose words ShipStation is told an order's status. */
  readonly vocabulary: Vocabulary;
  readonly shipping: {
    /** Letter or name of the status of a wholly shipped order. */
    readonly shippedStatus: string;
    readonly partiallyShippedStatus: string | undefined;
    /** What becomes of a new label for what has been shipped already: only the admin is told, or it replaces the old one. */
    readonly relabel: 'flag' | 'replace';
    /** Whether a change of an order's status is written into the shop's own log. */
    readonly writeStoreLog: boolean;
  };
  readonly export: ExportConfig;
  /** Where ShipStation finds the endpoint, as far as the admin has said it. */
  readonly publicUrl: string | undefined;
  readonly endpoint: { readonly host: string; readonly port: number };
  readonly ops: { readonly host: string; readonly port: number };
  /** Who may say where a request came from: nobody, whoever connects, or the proxies of a list. */
  readonly trustProxy: boolean | readonly string[];
  /** Requests with the right credentials. */
  readonly rateLimitPerMinute: number;
  /** For how many days the bridge keeps notices that are done with. */
  readonly retentionDays: number;
  readonly logLevel: string;
}

/** For each of ShipStation's statuses the store's statuses (letters or names) that mean it. */
export type StatusWords = Readonly<Record<ShipStationStatus, readonly string[]>> & {
  /** The lists that the admin has not given: where another list names the same status, they yield. */
  readonly defaults?: ReadonlySet<ShipStationStatus> | undefined;
};

export interface ExportConfig {
  readonly pageSize: number;
  readonly overlapSeconds: number;
  readonly currencyCode: boolean;
  /** Whether changes are seen by the store's own columns, or by comparing how orders look; `auto` as the store is. */
  readonly changeDetection: 'auto' | 'columns' | 'fingerprints';
  /** How old an order may be for its changes to be seen by comparing. */
  readonly changeLookbackDays: number;
  /** Put before the order's number; the number alone stays `OrderID`. */
  readonly orderNumberPrefix: string;
  readonly filters: OrderFilters;
  /** `auto`: in the unit that the store weighs in, if ShipStation knows it. */
  readonly weightUnit: 'auto' | WeightUnits;
  /** Whether orders that the buyer fetches are sent, to the place where they are fetched. */
  readonly pickupOrders: boolean;
  /** Language code of the names of shipping methods, whatever the order's. */
  readonly methodLanguage: string | undefined;
  readonly methodRules: readonly MethodRule[];
  /** What stands in a field for a method that is marked as rush. */
  readonly rushMark: string;
  readonly fields: ConfiguredFields;
  readonly upc: ItemSource | undefined;
  readonly location: ItemSource | undefined;
}

/** Which orders are sent; `undefined` means all. */
export interface OrderFilters {
  /** Orders placed before this day, in the store's time zone, are left out. */
  readonly startDay: CalendarDay | undefined;
  /** ISO 3166-1 alpha-2 codes. */
  readonly countries: readonly string[] | undefined;
  /** Ids of vendors (company_id). */
  readonly vendors: readonly number[] | undefined;
  readonly storefronts: readonly number[] | undefined;
  /** Ids or names. An order is sent if one of its methods is wanted. */
  readonly methods: { readonly wanted: readonly string[]; readonly unwanted: readonly string[] } | undefined;
  readonly statuses: ReadonlySet<ShipStationStatus> | undefined;
}

/** What the fields that ShipStation shows are made of. */
export interface ConfiguredFields {
  readonly customField1: readonly FieldSource[];
  readonly customField2: readonly FieldSource[];
  readonly customField3: readonly FieldSource[];
  readonly customerNotes: readonly FieldSource[];
  readonly internalNotes: readonly FieldSource[];
  /** Says by being set, or by its own text, that the order is a gift. */
  readonly gift: FieldSource | undefined;
  readonly giftMessage: FieldSource | undefined;
}
