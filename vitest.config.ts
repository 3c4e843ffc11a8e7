import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    // What an account without further rights can run; `npm run test:disk` has the rest.
    dir: 'test',
    // One compiled program and one MariaDB for the whole run; each test file makes databases of its own in it.
    globalSetup: ['test/support/built-program.ts', 'test/support/global-mariadb.ts'],
    // The suite shares two cores with the database server.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    coverage: { provider: 'v8', include: ['src/**'], reporter: ['text-summary', 'json-summary'] },
  },
});
