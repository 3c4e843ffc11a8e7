import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { startBenchServer } from './bench-server.ts';
import { buildSmallStore } from './bench-store.ts';
import { measureCheckouts } from './checkout.ts';
import { measureClients } from './clients.ts';
import { measureGrowth } from './growth.ts';
import { measureInstances } from './instances.ts';
import { buildLargeStore } from './large-store.ts';
import { measureLocks } from './locks.ts';
import { measureMemory } from './memory.ts';
import { measureNotices } from './notice.ts';
import { type Options, readOptions } from './options.ts';
import { measurePages } from './page.ts';
import { measureParts } from './parts.ts';
import { countQueries } from './queries.ts';
import { type Failure, type Result, tableOf } from './report.ts';
import { countRows } from './rows.ts';
import type { Section, Stage } from './section.ts';
import { measureStart } from './start.ts';

// In this sequence: the last ones write into the stores.
const SECTIONS: Readonly<Record<string, Section>> = {
  page: measurePages,
  queries: countQueries,
  growth: measureGrowth,
  locks: measureLocks,
  memory: measureMemory,
  start: measureStart,
  clients: measureClients,
  rows: countRows,
  notice: measureNotices,
  instances: measureInstances,
  checkout: measureCheckouts,
  parts: measureParts,
};

const USAGE = `npm run bench -- [--orders N] [--only NAMES] [--shape VERSION] [--runs N] [--instances N] [--parts] [--json FILE]

Measures the compiled bridge over HTTP, before a real MariaDB with stores of 10,000 and of N orders.

  --orders  size of the large store, a multiple of 10000 (default 100000; the goals are meant for 1000000)
  --only    some of the sections, separated by commas: ${Object.keys(SECTIONS).join(', ')}
  --shape   one version of CS-Cart alone: 4.20 or 4.6
  --runs    of each measurement, from 10
  --instances  several bridges on one store alone, so many of them (default 3)
  --parts   the parts that work in memory alone
  --json    writes the figures into this file, too
`;

let options: Options | undefined;
try {
  options = readOptions(process.argv.slice(2), Object.keys(SECTIONS));
} catch (error) {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  process.exitCode = 2;
}
if (options) await run(options);

async function run(options: Options): Promise<void> {
  const mariadb = await startBenchServer();
  try {
    const [version] = await mariadb.query<{ version: string }>('select version() as version');
    const server = `MariaDB ${version?.version ?? ''}`;
    process.stdout.write(
      `${server}, Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${options.orders} orders\n`,
    );
    const results: Result[] = [];
    const failures: Failure[] = [];
    for (const store of options.shapes) {
      say(`building stores as of ${store}: 10000 and ${options.orders} orders …`);
      const small = await buildSmallStore(mariadb, store);
      const large = await buildLargeStore(mariadb, small, options.orders);
      const stage: Stage = { mariadb, small, large, runs: options.runs, instances: options.instances };
      for (const section of options.sections) {
        say(`  ${section} …`);
        const { found, failed } = await measure(section, store, stage);
        // At once: a large store takes its time, and whoever has seen enough may stop.
        process.stdout.write(`\n${tableOf(found, failed)}`);
        results.push(...found);
        failures.push(...failed);
        if (options.json !== undefined)
          writeFileSync(
            options.json,
            `${JSON.stringify({ server, node: process.version, cores: cpus().length, orders: options.orders, results, failures }, null, 2)}\n`,
          );
      }
      await large.database.drop();
      await small.database.drop();
    }
    if (failures.length > 0) process.exitCode = 1;
  } finally {
    await mariadb.stop();
  }
}

/** One section of a store, or why it could not be measured. */
async function measure(
  section: string,
  store: string,
  stage: Stage,
): Promise<{ readonly found: readonly Result[]; readonly failed: readonly Failure[] }> {
  try {
    const figures = await (SECTIONS[section] as Section)(stage); // the options know no other name
    return { found: figures.map((figure) => ({ section, store, ...figure })), failed: [] };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { found: [], failed: [{ section, store, reason }] };
  }
}

function say(line: string): void {
  const clock = new Date().toISOString().slice(11, 19);
  process.stderr.write(`${clock} ${line}\n`);
}
