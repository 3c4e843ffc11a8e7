import type { ExportConfig, StatusWords } from '../../config/config.ts';
import type { Queryable } from '../../database/database.ts';
import type { EpochSeconds } from '../../values/epoch-seconds.ts';
import type { Log } from '../log.ts';
import type { Meter } from '../meter.ts';
import type { StoreSource } from '../store-source.ts';
import type { ExportMemory } from './export-memory.ts';

/** What ShipStation asks for: the orders that changed in a window, one page of them. */
export interface ExportRequest {
  /** As written in the request: whole minutes. */
  readonly start: EpochSeconds;
  readonly end: EpochSeconds;
  /** From 1. */
  readonly page: number;
}

/** What an export needs of the world. */
export interface ExportDependencies {
  readonly database: Queryable;
  readonly memory: ExportMemory;
  readonly stores: StoreSource;
  readonly statuses: StatusWords;
  readonly config: ExportConfig;
  readonly log: Log;
  readonly meter: Meter;
}
