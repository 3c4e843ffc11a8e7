import { describe, expect, it } from 'vitest';
import { phpSerialize } from '../support/php-serialize.ts';
import { createRandom } from '../support/random.ts';
import { tableShapes } from '../support/store-shapes.ts';
import { idsOfNothing } from './bad-cells.ts';
import { createOrderMaker } from './bad-orders.ts';
import { createThingMaker } from './bad-things.ts';
import { columnKind } from './column-kinds.ts';
import { ColumnsSeen } from './fuzzed-rows.ts';
import { damagePhp } from './php-damage.ts';
import { phpParts } from './php-parts.ts';

const shapes = new Map(tableShapes('4.20.1 U').map((shape) => [shape.name, shape]));
const EXTRA = phpSerialize({ product: 'Müg', amount: 2, on: true, none: null, list: [{ cost: 1.5 }] });

function badOrdersOf(seed: number) {
  const making = { random: createRandom(seed), marker: 'Wig', idOfNothing: idsOfNothing() };
  const makeThing = createThingMaker(making, shapes);
  const template = [
    { table: 'orders', row: { order_id: 1, email: 'a@b.test', timestamp: 5 } },
    { table: 'order_details', row: { item_id: 9, order_id: 1, extra: EXTRA } },
    { table: 'order_data', row: { order_id: 1, type: 'T', data: EXTRA } },
  ];
  const makeOrder = createOrderMaker({ making, shapes, templates: [template] });
  const kinds = ['product', 'shipping', 'payment', 'profileField', 'place', 'company', 'storefront'] as const;
  const things = Object.fromEntries(
    kinds.map((kind) => [kind, [makeThing(kind)].filter((thing) => thing !== undefined)]),
  );
  return Array.from({ length: 200 }, (_, index) => makeOrder(index + 1, 1_700_000_000, things));
}

describe('a seed', () => {
  it('gives the same orders again', () => {
    expect(badOrdersOf(7)).toEqual(badOrdersOf(7));
  });

  it('gives other orders than another seed', () => {
    expect(badOrdersOf(7)).not.toEqual(badOrdersOf(8));
  });

  it('gives a sequence by name that does not depend on what was drawn before', () => {
    const random = createRandom(7);
    const before = random.fork('store').int(0, 1e9);
    random.int(0, 5);
    expect(random.fork('store').int(0, 1e9)).toBe(before);
    expect(random.fork('other').int(0, 1e9)).not.toBe(before);
  });
});

describe('what is made', () => {
  it('is damaged nearly always', () => {
    const random = createRandom(3);
    const damaged = Array.from({ length: 500 }, () => damagePhp(random, EXTRA));
    expect(damaged.filter((bytes) => !bytes.equals(EXTRA)).length).toBeGreaterThan(450);
  });

  it('tells the columns that never were bad', () => {
    const seen = new ColumnsSeen();
    const languages = shapes.get('languages');
    seen.add('languages', ['lang_id', 'lang_code', 'status']);
    expect(seen.missing(languages === undefined ? [] : [languages])).toEqual([
      'languages.name',
      'languages.country_code',
    ]);
  });

  it('knows the kind of every column of every version', () => {
    for (const shape of shapes.values()) for (const column of shape.columns) columnKind(column);
    expect(columnKind({ type: 'mediumint(8)' })).toEqual({
      kind: 'whole',
      least: -8_388_608n,
      greatest: 8_388_607n,
    });
    expect(columnKind({ type: 'decimal(12,2)' })).toEqual({ kind: 'decimal', digits: 12, scale: 2 });
    expect(() => columnKind({ type: 'json' })).toThrow(RangeError);
  });
});

describe('the parts of a PHP value', () => {
  it('are its keys and values, by where they begin and end', () => {
    const parts = phpParts(EXTRA).map(
      ({ role, type, start, end, under }) =>
        `${role} ${type} ${under}: ${EXTRA.toString('utf8', start, end)}`,
    );
    expect(parts.slice(0, 8)).toEqual([
      'key s : s:7:"product";',
      'value s product: s:4:"Müg";',
      'key s : s:6:"amount";',
      'value i amount: i:2;',
      'key s : s:2:"on";',
      'value b on: b:1;',
      'key s : s:4:"none";',
      'value N none: N;',
    ]);
    expect(parts.at(-1)).toBe(`value a : ${EXTRA.toString('utf8')}`);
    expect(parts).toContain('value d cost: d:1.5;');
  });

  it('are those before the damage', () => {
    expect(phpParts(Buffer.from('a:2:{i:0;i:1;i:1;x')).map(({ type }) => type)).toEqual(['i', 'i', 'i']);
    expect(phpParts(Buffer.from('no PHP'))).toEqual([]);
  });
});
