import type { TestProject } from 'vitest/node';
import { type MariaDb, startMariaDb } from './mariadb.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The administrator's URL of the server that a whole run shares; its path is empty. */
    mariadbUrl: string;
  }
}

let mariadb: MariaDb | undefined;

/** Starts the server that a run of the tests shares. */
export async function setup(project: TestProject): Promise<void> {
  mariadb = await startMariaDb();
  project.provide('mariadbUrl', mariadb.url(''));
}

/** Stops it and removes its data. */
export async function teardown(): Promise<void> {
  await mariadb?.stop();
  mariadb = undefined;
}
