import { type BenchStore, table } from './bench-store.ts';
import { withBridge } from './bridge-process.ts';
import { figureOf } from './figure.ts';
import type { Section } from './section.ts';

const GOAL = { atMost: 1000, of: 'median' } as const;

const OWN_TABLES = ['shipstation_notices', 'shipstation_exports', 'shipstation_order_fingerprints'];

/** From the start of the process until ShipStation would be answered. */
export const measureStart: Section = async ({ large, runs }) => {
  const start = () => withBridge(large, {}, async ({ startMs }) => startMs);
  const firsts: number[] = [];
  const laters: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    await dropOwnTables(large);
    firsts.push(await start());
    laters.push(await start());
  }
  return [
    figureOf('start to ready', 'ms', laters, { goal: GOAL }),
    figureOf('first start to ready, own tables to be made', 'ms', firsts, { goal: GOAL }),
  ];
};

async function dropOwnTables({ database }: BenchStore): Promise<void> {
  await database.run(`drop table if exists ${OWN_TABLES.map(table).join(', ')}`);
}
