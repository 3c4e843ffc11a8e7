import { afterAll, beforeAll } from 'vitest';
import type { TestDatabase } from '../support/database.ts';
import { buildStore } from '../support/store/store.ts';
import { startTestBridge } from '../support/test-bridge.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { testExport } from './export-tests.ts';
import { testNotices } from './notice-tests.ts';
import type { RunningCase, StoreCase } from './shapes.ts';

/** The tests of one case: exports first, as they find nothing but their own order. */
export function testStore(storeCase: StoreCase): void {
  let database: TestDatabase;
  let running: RunningCase;

  beforeAll(async () => {
    database = await createTestDatabase();
    const store = await buildStore(database, { ...storeCase.options, timezone: 'Pacific/Auckland' });
    await storeCase.alter?.(store);
    running = { store, bridge: await startTestBridge(store) };
  });
  afterAll(async () => {
    await running.bridge.close();
    await database.drop();
  });

  testExport(storeCase, () => running);
  testNotices(storeCase, () => running);
}
