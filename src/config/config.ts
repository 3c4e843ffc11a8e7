import type { DatabaseUrl } from '../database/database-url.ts';
import type { ShipStationStatus } from '../shipstation/order-document.ts';
import type { EpochSeconds } from '../values/epoch-seconds.ts';

/** Everything that the admin decides, read once at start. */
export interface Config {
  /** What ShipStation must send. Several passwords while one is being changed. */
  readonly credentials: { readonly username: string; readonly passwords: readonly string[] };
  readonly store: {
    readonly databaseUrl: DatabaseUrl;
    readonly tablePrefix: string;
    /** Base of image URLs, where the store's own is wrong. */
    readonly url: string | undefined;
  };
  /** `undefined`: the bridge's tables lie in the store's database. */
  readonly bridgeDatabaseUrl: DatabaseUrl | undefined;
  readonly statuses: StatusWords;
  readonly shipping: {
    /** Letter or name of the status of a wholly shipped order. */
    readonly shippedStatus: string;
    readonly partiallyShippedStatus: string | undefined;
  };
  readonly export: ExportConfig;
  readonly endpoint: { readonly host: string; readonly port: number };
  readonly ops: { readonly host: string; readonly port: number };
  /** As Fastify takes it: who may say where a request came from. */
  readonly trustProxy: boolean | string[];
  readonly rateLimitPerMinute: number;
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
  /** Orders placed before are left out. */
  readonly startDate: EpochSeconds | undefined;
  /** ISO 3166-1 alpha-2 codes; `undefined` means all. */
  readonly countries: readonly string[] | undefined;
}
