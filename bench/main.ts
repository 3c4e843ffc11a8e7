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
  const { results, failures, server } = await measure(options);
  process.stdout.write(
    `\n${server}, Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${options.orders} orders\n\n`,
  );
  process.stdout.write(tableOf(results, failures));
  if (options.json !== undefined)
    writeFileSync(
      options.json,
      `${JSON.stringify({ server, node: process.version, cores: cpus().length, orders: options.orders, results, failures }, null, 2)}\n`,
    );
  if (failures.length > 0) process.exitCode = 1;
}

async function measure(options: Options) {
  const results: Result[] = [];
  const failures: Failure[] = [];
  const mariadb = await startBenchServer();
  try {
    const [version] = await mariadb.query<{ version: string }>('select version() as version');
    for (const store of options.shapes) {
      say(`building stores as of ${store}: 10000 and ${options.orders} orders …`);
      const small = await buildSmallStore(mariadb, store);
      const large = await buildLargeStore(mariadb, small, options.orders);
      const stage: Stage = { mariadb, small, large, runs: options.runs, instances: options.instances };
      for (const section of options.sections) {
        say(`  ${section} …`);
        try {
          const figures = await (SECTIONS[section] as Section)(stage); // the options know no other name
          results.push(...figures.map((figure) => ({ section, store, ...figure })));
        } catch (error) {
          failures.push({ section, store, reason: error instanceof Error ? error.message : String(error) });
        }
      }
      await large.database.drop();
      await small.database.drop();
    }
    return { results, failures, server: `MariaDB ${version?.version ?? ''}` };
  } finally {
    await mariadb.stop();
  }
}

function say(line: string): void {
  const clock = new Date().toISOString().slice(11, 19);
  process.stderr.write(`${clock} ${line}\n`);
}
