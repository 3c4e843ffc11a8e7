import { parseArgs } from 'node:util';
import { BLOCK_ORDERS } from './bench-store.ts';

const SHAPES = ['4.20.1 U', '4.6.1 M'] as const;

export interface Options {
  /** Of the large store. */
  readonly orders: number;
  readonly runs: number;
  /** How many bridges answer one store, where several do. */
  readonly instances: number;
  readonly sections: readonly string[];
  readonly shapes: readonly (typeof SHAPES)[number][];
  /** Where the figures go as JSON. */
  readonly json: string | undefined;
}

const DEFAULT_ORDERS = 100_000;
const FEWEST_RUNS = 10;
const DEFAULT_INSTANCES = 3;

/**
 * Reads the arguments of the benchmark. Throws a sentence for whoever typed them.
 *
 * @param known the names of all sections
 */
export function readOptions(args: readonly string[], known: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      orders: { type: 'string', default: String(DEFAULT_ORDERS) },
      runs: { type: 'string', default: String(FEWEST_RUNS) },
      instances: { type: 'string' },
      only: { type: 'string' },
      shape: { type: 'string' },
      parts: { type: 'boolean', default: false },
      json: { type: 'string' },
    },
  });
  const orders = Number(values.orders);
  if (!Number.isInteger(orders) || orders < BLOCK_ORDERS || orders % BLOCK_ORDERS !== 0)
    throw new Error(`--orders is a multiple of ${BLOCK_ORDERS}`);
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < FEWEST_RUNS)
    throw new Error(`--runs is a whole number from ${FEWEST_RUNS}`);
  const instances = Number(values.instances ?? DEFAULT_INSTANCES);
  if (!Number.isInteger(instances) || instances < 2 || instances > 20)
    throw new Error('--instances is a whole number from 2 to 20');
  const alone = values.parts ? 'parts' : values.instances === undefined ? undefined : 'instances';
  return {
    // What works in memory alone needs no more than the small store.
    orders: values.parts ? BLOCK_ORDERS : orders,
    runs,
    instances,
    sections: alone === undefined ? sectionsOf(values.only, known) : [alone],
    shapes: shapesOf(values.shape),
    json: values.json,
  };
}

function sectionsOf(only: string | undefined, known: readonly string[]): readonly string[] {
  if (only === undefined) return known;
  const asked = only.split(',').map((name) => name.trim());
  const unknown = asked.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new Error(`--only: there is no section ${unknown}; there are ${known.join(', ')}`);
  // In the sequence in which they are measured: some leave the store otherwise than they found it.
  return known.filter((name) => asked.includes(name));
}

function shapesOf(shape: string | undefined): Options['shapes'] {
  if (shape === undefined) return SHAPES;
  const found = SHAPES.filter((version) => version.startsWith(shape));
  if (found.length === 0) throw new Error(`--shape is one of ${SHAPES.join(', ')}`);
  return found;
}
