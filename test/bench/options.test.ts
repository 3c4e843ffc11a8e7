import { expect, test } from 'vitest';
import { readOptions } from '../../bench/options.ts';

const SECTIONS = ['page', 'locks', 'notice', 'parts'];

test('without arguments everything is measured', () => {
  expect(readOptions([], SECTIONS)).toEqual({
    orders: 100_000,
    runs: 10,
    instances: 3,
    sections: SECTIONS,
    shapes: ['4.20.1 U', '4.6.1 M'],
    json: undefined,
  });
});

test('arguments choose', () => {
  const args = [
    '--orders',
    '1000000',
    '--runs',
    '25',
    '--only',
    'notice, page',
    '--shape',
    '4.6',
    '--json',
    'f',
  ];
  expect(readOptions(args, SECTIONS)).toEqual({
    orders: 1_000_000,
    runs: 25,
    instances: 3,
    // In the sequence of all sections.
    sections: ['page', 'notice'],
    shapes: ['4.6.1 M'],
    json: 'f',
  });
});

test('the parts can be measured alone', () => {
  expect(readOptions(['--parts'], SECTIONS).sections).toEqual(['parts']);
});

test('so can several instances', () => {
  const { sections, instances } = readOptions(['--instances', '4'], SECTIONS);
  expect({ sections, instances }).toEqual({ sections: ['instances'], instances: 4 });
});

test.each([
  [['--orders', '15000'], /--orders is a multiple of 10000/],
  [['--orders', '0'], /--orders/],
  [['--orders', 'many'], /--orders/],
  [['--runs', '9'], /--runs/],
  [['--only', 'pages'], /no section pages; there are page, locks, notice, parts/],
  [['--instances', '1'], /--instances/],
  [['--shape', '5'], /--shape is one of/],
  [['--sizes', '1'], /--sizes/],
])('says what is wrong with %j', (args, sentence) => {
  expect(() => readOptions(args, SECTIONS)).toThrow(sentence);
});
