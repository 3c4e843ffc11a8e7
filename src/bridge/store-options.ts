import type { Config } from '../config/config.ts';
import type { StoreOptions } from '../cscart/store/store.ts';

/** What has to be known of a store under this configuration. */
export function storeOptionsOf(config: Pick<Config, 'store' | 'export'>): StoreOptions {
  return {
    prefix: config.store.tablePrefix,
    storeUrl: config.store.url,
    features: [config.export.upc, config.export.location].flatMap((source) =>
      source?.kind === 'feature' ? source.key : [],
    ),
  };
}
