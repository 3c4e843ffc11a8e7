import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../support/random.ts';
import { TABLES_OF_ORDERS } from './bad-orders.ts';
import { TABLES_OF_THE_STORE } from './bad-store-rows.ts';
import { isTableOfThings } from './bad-things.ts';
import { createFuzzer, type Fuzzer } from './fuzz-batch.ts';
import { reportOf } from './fuzz-report.ts';
import { FUZZED_STORES, startFuzzRun } from './fuzz-run.ts';
import { type FuzzedStore, openFuzzedStore } from './fuzzed-store.ts';

const run = startFuzzRun('orders');
const ORDERS_OF_A_BATCH = 1_250;
const batches = Math.max(1, Math.ceil(run.orders / FUZZED_STORES.length / ORDERS_OF_A_BATCH));
/** Far more than it takes: a batch is done in seconds. */
const MOST_MS = 60_000 + batches * 60_000;

describe.each(FUZZED_STORES)('bad orders in CS-Cart $name', ({ name, options, environment }) => {
  let fuzzed: FuzzedStore;
  let fuzzer: Fuzzer;

  beforeAll(async () => {
    fuzzed = await openFuzzedStore(options, createRandom(run.seed).fork(name));
    fuzzer = await createFuzzer(fuzzed, environment);
  });
  afterAll(async () => {
    await fuzzer.close();
    await fuzzed.database.drop();
  });

  it(
    'spoil no page and no other order, and are sent with right sums or left out with a reason',
    async () => {
      const complaints: string[] = [];
      for (let batch = 0; batch < batches; batch += 1) {
        complaints.push(...(await fuzzer.tryBatch(ORDERS_OF_A_BATCH)));
      }
      complaints.push(...(await fuzzer.tryLastOrder()));
      expect(reportOf(complaints, run)).toBe('');
    },
    MOST_MS,
  );

  it('touch no table that is not fuzzed', () => {
    const fuzzedTables = new Set<string>(TABLES_OF_THE_STORE);
    const left = [...fuzzer.tablesRead()].filter(
      (table) =>
        !(table in TABLES_OF_ORDERS) &&
        !isTableOfThings(table) &&
        !fuzzedTables.has(table) &&
        !table.startsWith('shipstation_'),
    );
    expect(fuzzer.tablesRead()).toContain('orders');
    expect(left).toEqual([]);
  });

  it('had something bad in every column of every table that an order touches', () => {
    const tables = [...fuzzed.shapes.values()].filter(
      ({ name: table }) => table in TABLES_OF_ORDERS || isTableOfThings(table),
    );
    expect(fuzzed.seen.missing(tables)).toEqual([]);
  });
});
