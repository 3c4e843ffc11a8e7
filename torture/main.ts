import { fileURLToPath } from 'node:url';
import { inspect, parseArgs } from 'node:util';
import { type BrokenVariant, buildBrokenVariant } from './broken-variants.ts';
import { faultTest } from './faults/fault-test.ts';
import { FAULT_VARIANTS } from './faults/fault-variants.ts';
import { killTest } from './kill/kill-test.ts';
import { KILL_VARIANTS } from './kill/kill-variants.ts';
import { pollTest } from './poll/poll-test.ts';
import { POLL_VARIANTS } from './poll/poll-variants.ts';
import { PRIVACY_VARIANTS } from './privacy-variants.ts';
import { brokenPromises, type TortureOptions, type TortureResult, type TortureTest } from './result.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const TESTS: Readonly<
  Record<
    string,
    { readonly title: string; readonly test: TortureTest; readonly variants: readonly BrokenVariant[] }
  >
> = {
  kill: {
    title: 'Kill test: the bridge is killed at every step of a notice',
    test: killTest,
    variants: [...KILL_VARIANTS, ...privacyVariants('kill')],
  },
  poll: {
    title: 'Poll test: orders change while ShipStation polls and pages',
    test: pollTest,
    variants: [...POLL_VARIANTS, ...privacyVariants('poll')],
  },
  faults: {
    title: 'Fault test: the database goes away, comes back, hangs and fills up',
    test: faultTest,
    variants: [...FAULT_VARIANTS, ...privacyVariants('faults')],
  },
};

const USAGE = `npm run torture -- [--short] [--only kill,poll,faults] [--seed N] [--prove [--variant TEXT]] [--json]

  --short   a part of each test, for every change (about two minutes)
  --prove   runs the tests against bridges that are broken on purpose: each has to be caught
  --variant with --prove: only those whose name has this text, as after a change of what they break
  --seed    another sequence of what is random; the usual one is fixed, so that a red run points at the change
`;

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    only: { type: 'string', default: Object.keys(TESTS).join(',') },
    seed: { type: 'string', default: '20261124' },
    prove: { type: 'boolean', default: false },
    variant: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
// Far beyond what one unlucky moment makes.
const ENOUGH_FINDINGS = 30;

const chosen = values.only.split(',');
const seed = Number(values.seed);

const isMeant = ({ name }: BrokenVariant) => name.includes(values.variant);
const isRight =
  Number.isInteger(seed) &&
  chosen.every((name) => name in TESTS) &&
  (values.variant === '' ||
    (values.prove && chosenTests().some(([, { variants }]) => variants.some(isMeant))));

if (values.help) process.stdout.write(USAGE);
else if (!isRight) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else process.exitCode = (await (values.prove ? prove() : torture())) ? 0 : 1;

/** Runs the chosen tests and prints their figures. Gives whether every promise was kept. */
async function torture(): Promise<boolean> {
  const results: Record<string, TortureResult> = {};
  let isKept = true;
  for (const [name, { title, test }] of chosenTests()) {
    say(`\n${title} (seed ${seed})`);
    const started = performance.now();
    const result = await test(optionsFor(`${ROOT}dist`));
    results[name] = result;
    printFigures(result, (performance.now() - started) / 1000);
    isKept &&= brokenPromises(result).length === 0;
  }
  if (values.json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
  say(isKept ? '\nEvery promise was kept.' : '\nA promise was BROKEN.');
  return isKept;
}

/** Runs each test against the bridges that are broken on purpose. Gives whether each of them was caught. */
async function prove(): Promise<boolean> {
  let areCaught = true;
  for (const [, { title, test, variants }] of chosenTests()) {
    say(`\n${title}: broken on purpose`);
    for (const variant of variants.filter(isMeant)) {
      const { program, remove } = buildBrokenVariant(ROOT, variant);
      try {
        const result = await test({
          ...optionsFor(program),
          isShort: true,
          environment: variant.environment ?? {},
          enoughFindings: ENOUGH_FINDINGS,
        });
        const broken = brokenPromises(result).filter(({ isOfHarness }) => isOfHarness !== true);
        const isCaught = broken.some(({ name }) => name === (variant.breaks ?? name));
        const by = broken.map(({ name, value }) => `${name} ${value}`).join(', ');
        say(`  ${isCaught ? 'caught    ' : 'NOT CAUGHT'}  ${variant.name}${by === '' ? '' : `: ${by}`}`);
        areCaught &&= isCaught;
      } catch (error) {
        // A test that cannot be played to its end shows nothing of this variant, and does not keep the others from being tried.
        say(`  NOT CAUGHT  ${variant.name}: the test broke off: ${inspect(error)}`);
        areCaught = false;
      } finally {
        remove();
      }
    }
  }
  say(areCaught ? '\nEach broken bridge was caught.' : '\nA broken bridge was NOT caught.');
  return areCaught;
}

function privacyVariants(caughtBy: BrokenVariant['caughtBy']): readonly BrokenVariant[] {
  return PRIVACY_VARIANTS.filter((variant) => variant.caughtBy === caughtBy);
}

function chosenTests() {
  return Object.entries(TESTS).filter(([name]) => chosen.includes(name));
}

function optionsFor(program: string): TortureOptions {
  return {
    seed,
    isShort: values.short,
    program,
    environment: {},
    progress: (line) => process.stderr.write(`  ${line}\n`),
  };
}

function printFigures({ figures, complaints }: TortureResult, seconds: number): void {
  const width = Math.max(...figures.map(({ name }) => name.length));
  for (const { name, value, mustBeZero } of figures) {
    const mark = mustBeZero !== true ? '' : value === 0 ? '  ok' : '  BROKEN';
    say(`  ${name.padEnd(width)}  ${String(value).padStart(7)}${mark}`);
  }
  say(`  ${'seconds'.padEnd(width)}  ${seconds.toFixed(0).padStart(7)}`);
  for (const complaint of complaints) say(`  ! ${complaint}`);
}

function say(line: string): void {
  (values.json ? process.stderr : process.stdout).write(`${line}\n`);
}
