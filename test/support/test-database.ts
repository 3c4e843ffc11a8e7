import { inject } from 'vitest';
import { createDatabase, type TestDatabase } from './database.ts';
import type {} from './global-mariadb.ts';

/** Makes a database of its own for a test, in the server that the whole run shares. `drop` it at the end. */
export function createTestDatabase(prefix = 'test'): Promise<TestDatabase> {
  return createDatabase(inject('mariadbUrl'), prefix);
}
