import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startMariaDb } from '../../test/support/mariadb.ts';
import { buildBrokenVariant } from '../../torture/broken-variants.ts';
import { LEAKS } from './leaks.ts';
import { BOUNDS, growthOf, inMegabytes, tooMuch } from './memory-growth.ts';
import { PAGE_SIZE, PASSWORD, USERNAME } from './requests.ts';
import { type Sample, type SoakFigures, soak } from './soak.ts';
import { buildSoakStore } from './soak-store.ts';
import { startSoakedBridge } from './soaked-bridge.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const USAGE = `npm run soak -- [--requests N] [--prove] [--json]

Sends 100,000 requests of every kind to the compiled bridge and looks whether its memory grows: 0 if it does not, 1 if it
does or an answer was wrong, 2 if it could not be tried.

  --requests  another number of them, from 1000
  --prove     sends them to bridges that keep what they should forget: each has to be caught
`;

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    prove: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const requests = Number(values.requests);

if (values.help) process.stdout.write(USAGE);
else if (!Number.isInteger(requests) || requests < 1000) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else process.exitCode = await exitCode();

async function exitCode(): Promise<number> {
  try {
    return (await (values.prove ? prove() : judge())) ? 0 : 1;
  } catch (error) {
    process.stderr.write(
      `soak: it could not be tried: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    return 2;
  }
}

/** Gives whether the memory stayed within its bounds and every answer was right. */
async function judge(): Promise<boolean> {
  const figures = await soakOnce(`${ROOT}dist`);
  const growth = growthOf(figures.samples);
  const beyond = tooMuch(growth);
  const isKept = beyond.length === 0 && figures.wrongAnswers === 0;
  if (values.json) {
    const { answers, ...others } = figures;
    say(
      JSON.stringify(
        { ...others, answers: Object.fromEntries(answers), growth, bounds: BOUNDS, isKept },
        null,
        2,
      ),
    );
    return isKept;
  }
  printTable(figures.samples);
  for (const [answer, count] of [...figures.answers].sort(([a], [b]) => (a < b ? -1 : 1)))
    say(`  ${answer.padEnd(24)} ${String(count).padStart(7)}`);
  say(`  ${'wrong answers'.padEnd(24)} ${String(figures.wrongAnswers).padStart(7)}`);
  say(`  ${'seconds'.padEnd(24)} ${figures.seconds.toFixed(0).padStart(7)}\n`);
  for (const [kind, bound] of Object.entries(BOUNDS) as [keyof typeof BOUNDS, number][])
    say(
      `${kind} grew by ${inMegabytes(growth[kind])} MB after the first tenth, at most ${inMegabytes(bound)} MB: ${beyond.includes(kind) ? 'TOO MUCH' : 'ok'}`,
    );
  return isKept;
}

/** Gives whether each bridge that leaks was caught. */
async function prove(): Promise<boolean> {
  let areCaught = true;
  for (const leak of LEAKS) {
    const { program, remove } = buildBrokenVariant(ROOT, leak);
    try {
      const { samples } = await soakOnce(program);
      const beyond = tooMuch(growthOf(samples));
      areCaught &&= beyond.length > 0;
      say(`${beyond.length > 0 ? 'caught    ' : 'NOT CAUGHT'}  ${leak.name}: ${beyond.join(', ')}`);
    } finally {
      remove();
    }
  }
  return areCaught;
}

/** @param program folder of the compiled bridge */
async function soakOnce(program: string): Promise<SoakFigures> {
  const mariadb = await startMariaDb();
  try {
    const { store, orders } = await buildSoakStore(mariadb);
    const bridge = await startSoakedBridge(program, {
      SHIPSTATION_USERNAME: USERNAME,
      SHIPSTATION_PASSWORD: PASSWORD,
      CSCART_DATABASE_URL: store.url,
      EXPORT_PAGE_SIZE: String(PAGE_SIZE),
      EXPORT_OVERLAP_SECONDS: '0',
      RATE_LIMIT_PER_MINUTE: '1000000',
      TRUST_PROXY: '127.0.0.1',
    });
    const figures = await soak(bridge, orders, requests, ({ requests: done, heap }) =>
      process.stderr.write(`  ${done} requests: ${inMegabytes(heap)} MB on the heap\n`),
    );
    const code = await bridge.stop();
    if (code !== 0) throw new Error(`the bridge ended with exit code ${code}`);
    return figures;
  } finally {
    await mariadb.stop();
  }
}

function printTable(samples: readonly Sample[]): void {
  const row = (cells: readonly string[]) => say(cells.map((cell) => cell.padStart(12)).join(''));
  say('\nMemory of the bridge after a garbage collection, in MB:');
  row(['requests', 'heap', 'external', 'rss']);
  for (const sample of samples)
    row([String(sample.requests), ...[sample.heap, sample.external, sample.rss].map(inMegabytes)]);
  say('');
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
