import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault, Ground } from './ground.ts';
import type { Scene } from './scene.ts';

const SEEN_WITHIN_MS = 4_000;
const LOOK_MS = 20;
// Heavier than any notice: of two transactions that wait for each other, the server ends the one that has written less.
const BALLAST_ROWS = 2_000;

/** What somebody else does who works with the same tables. */
export const LOCK_FAULTS: readonly Fault[] = [
  // As mysqldump does for a backup of MyISAM tables, or a repair.
  lockTable('shipments'),
  lockTable('orders'),
  lockTable('shipment_items'),
  {
    kind: 'rows of the ledger locked',
    happen: ({ scenes, aWhile }) =>
      together(scenes, ({ store }) =>
        store.run(
          `begin; select count(*) from ${store.prefix}shipstation_notices for update;
           select count(*) from ${store.prefix}shipstation_exports for update; do sleep(${aWhile() / 1000}); rollback`,
        ),
      ),
  },
  { kind: 'deadlock on the ledger', happen: deadlock },
];

function lockTable(table: string): Fault {
  return {
    kind: `table ${table} locked`,
    happen: ({ scenes, aWhile }) =>
      together(scenes, ({ store }) =>
        store.run(`lock tables ${store.table(table)} write; do sleep(${aWhile() / 1000}); unlock tables`),
      ),
  };
}

async function together(scenes: readonly Scene[], act: (scene: Scene) => Promise<unknown>): Promise<boolean> {
  await Promise.all(scenes.map(act));
  return true;
}

/** Goes on until a bridge says that it was the victim of a deadlock. */
async function deadlock({ scenes }: Ground): Promise<boolean> {
  const met = await Promise.all(
    scenes.map(async (scene) => {
      const before = deadlocksOf(scene);
      const until = performance.now() + SEEN_WITHIN_MS;
      while (deadlocksOf(scene) === before && performance.now() < until) {
        // It can also be us, when two notices wait.
        await scene.store.run(deadlockSql(scene.store.prefix, 0.2)).catch(() => undefined);
        await sleep(LOOK_MS);
      }
      return deadlocksOf(scene) > before;
    }),
  );
  return met.some((isMet) => isMet);
}

function deadlocksOf({ bridge }: Scene): number {
  return bridge.logs.filter(({ cause }) => /DEADLOCK/i.test(String(cause))).length;
}

/**
 * A transaction that whoever writes a new notice down within `seconds` is in a deadlock with: it has locked the gaps of one index,
 * for which the other one waits with its new row, and then asks for that row.
 */
export function deadlockSql(prefix: string, seconds: number): string {
  const notices = `${prefix}shipstation_notices`;
  return `begin;
    insert into ballast select seq from seq_1_to_${BALLAST_ROWS};
    select count(*) from ${notices} force index (fingerprint) where fingerprint >= '' for update;
    do sleep(${seconds});
    select count(*) from ${notices} force index (primary) where notice_id > 0 for update;
    rollback`;
}
