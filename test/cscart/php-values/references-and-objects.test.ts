import { describe, expect, it } from 'vitest';
import type { PhpValue } from '../../../src/cscart/php-values/php-value.ts';
import { read, readProblem, readValue } from './read.ts';

const list = (...values: PhpValue[]) => new Map(values.map((value, index) => [index, value]));
const map = (...entries: [string | number, PhpValue][]) => new Map(entries);

describe('references', () => {
  it.each<[string, string, PhpValue]>([
    ['a text', 'a:2:{i:0;s:2:"ab";i:1;R:2;}', list('ab', 'ab')],
    ['an integer', 'a:2:{i:0;i:5;i:1;R:2;}', list(5, 5)],
    ['false', 'a:2:{i:0;b:0;i:1;R:2;}', list(false, false)],
    ['an empty text', 'a:2:{i:0;s:0:"";i:1;R:2;}', list('', '')],
    ['null', 'a:2:{i:0;N;i:1;R:2;}', list(null, null)],
    ['an array', 'a:2:{i:0;a:1:{i:0;i:7;}i:1;R:2;}', list(list(7), list(7))],
    ['a value inside an array', 'a:2:{i:0;a:1:{i:0;i:7;}i:1;R:3;}', list(list(7), 7)],
    ['a value of an outer array', 'a:2:{i:0;i:5;i:1;a:1:{i:0;R:2;}}', list(5, list(5))],
  ])('become %s that they name', (_name, serialized, value) => {
    expect(readValue(serialized)).toEqual(value);
  });

  it('do not count keys as values', () => {
    expect(readValue('a:3:{s:1:"a";s:1:"x";s:1:"b";s:1:"y";s:1:"c";R:3;}')).toEqual(
      map(['a', 'x'], ['b', 'y'], ['c', 'y']),
    );
  });

  it('take no number themselves when written with R', () => {
    // 1 the array, 2 "a", (R: none), 3 "b"
    expect(readValue('a:4:{i:0;s:1:"a";i:1;R:2;i:2;s:1:"b";i:3;R:3;}')).toEqual(list('a', 'a', 'b', 'b'));
  });

  it('take a number when written with r', () => {
    // 1 the array, 2 the object, 3 the r, 4 "b"
    expect(readValue('a:4:{i:0;O:8:"stdClass":0:{}i:1;r:2;i:2;s:1:"b";i:3;R:4;}')).toEqual(
      list(null, null, 'b', 'b'),
    );
  });

  it.each<[string, string, PhpValue]>([
    ['the whole value', 'a:1:{i:0;R:1;}', list(null)],
    ['the array around', 'a:1:{i:0;a:2:{i:0;i:1;i:1;R:2;}}', list(list(1, null))],
  ])('become null where they name %s, which would be a cycle', (_name, serialized, value) => {
    expect(readValue(serialized)).toEqual(value);
  });

  it.each([
    'R:1;',
    'r:1;',
    'a:1:{i:0;R:0;}',
    'a:1:{i:0;R:2;}',
    'a:1:{i:0;r:2;}',
    'a:2:{i:0;i:1;i:1;R:3;}',
    'a:2:{i:0;R:3;i:1;i:1;}',
    'a:1:{i:0;R:99999999999;}',
    'a:1:{i:0;R:-1;}',
    'a:1:{i:0;R:;}',
    'a:1:{i:0;R:1}',
    'a:1:{i:0;R1;}',
  ])('are refused where they name nothing: %s', (serialized) => {
    expect(read(serialized)).toMatchObject({ ok: false });
  });

  it('cannot unfold into more elements than a column may have', () => {
    // Each element names the one before it twice, so a walk over element k visits 2^k values. The whole has number 1,
    // element 0 and its two integers 2 to 4; references take none, so element k has 4 + k.
    const levels = ['a:2:{i:0;i:1;i:1;i:2;}'];
    for (let level = 1; level < 40; level += 1) {
      const before = level === 1 ? 2 : 3 + level;
      levels.push(`a:2:{i:0;R:${before};i:1;R:${before};}`);
    }
    const serialized = `a:40:{${levels.map((level, index) => `i:${index};${level}`).join('')}}`;
    expect(serialized.length).toBeLessThan(2000);
    expect(readProblem(serialized)).toMatch(/^there are more than 100000 elements at byte/);
  });

  it('cannot nest deeper than arrays may', () => {
    const deep = (levels: number) => `${'a:1:{i:0;'.repeat(levels)}i:1;${'}'.repeat(levels)}`;
    // The second element puts the first, 40 deep, below 30 further arrays.
    const below = (levels: number) => `${'a:1:{i:0;'.repeat(levels)}R:2;${'}'.repeat(levels)}`;
    expect(read(`a:2:{i:0;${deep(40)}i:1;${below(20)}}`)).toMatchObject({ ok: true });
    expect(readProblem(`a:2:{i:0;${deep(40)}i:1;${below(30)}}`)).toMatch(
      /^arrays are nested more than 64 deep/,
    );
  });
});

describe('objects', () => {
  it.each<[string, string]>([
    ['without members', 'O:8:"stdClass":0:{}'],
    ['with members', 'O:8:"stdClass":2:{s:1:"a";i:1;s:1:"b";a:1:{i:0;s:1:"x";}}'],
    ['with protected and private members', 'O:3:"Foo":2:{s:4:"\0*\0a";i:1;s:6:"\0Foo\0b";i:2;}'],
    ['with members from __serialize', 'O:3:"Foo":1:{i:0;s:1:"x";}'],
    ['within objects', 'O:3:"Foo":1:{s:1:"a";O:3:"Bar":1:{s:1:"b";N;}}'],
    ['of a class with a namespace', 'O:15:"Tygh\\Shop\\Thing":0:{}'],
    ['of a class of their own format', 'C:11:"ArrayObject":21:{x:i:0;a:0:{};m:a:0:{}}'],
    ['with braces and quotes of their own', 'C:3:"Foo":8:{}";i:1;}}'],
    ['that are enum cases', 'E:11:"Suit:Hearts";'],
  ])('%s are skipped and become null', (_name, serialized) => {
    expect(readValue(serialized)).toBeNull();
    expect(readValue(`a:2:{s:1:"o";${serialized}s:1:"n";s:4:"next";}`)).toEqual(
      map(['o', null], ['n', 'next']),
    );
  });

  it('count with their members when references are resolved', () => {
    // 1 the array, 2 the object, 3 its member, 4 "next"
    expect(readValue('a:4:{i:0;O:3:"Foo":1:{s:1:"a";s:2:"in";}i:1;s:4:"next";i:2;R:3;i:3;R:4;}')).toEqual(
      list(null, 'next', 'in', 'next'),
    );
  });

  it('make later references unknown when they have a format of their own', () => {
    expect(readValue('a:3:{i:0;C:3:"Foo":4:{i:1;}i:1;s:1:"x";i:2;R:3;}')).toEqual(list(null, 'x', null));
  });

  it.each([
    'O:8:"stdClass":1:{}',
    'O:8:"stdClass":0:{',
    'O:8:"stdClass":0',
    'O:8:"stdClass";',
    'O:9:"stdClass":0:{}',
    'O:8:stdClass:0:{}',
    'O:8:"stdClass":1:{N;N;}',
    'O:8:"stdClass":1:{s:1:"a";s:9:"x";}',
    'C:3:"Foo":9:{x}',
    'C:3:"Foo":0:{x}',
    'C:3:"Foo":{}',
    'C:3:"Foo":999999999:{}',
    'E:11:"Suit:Hearts"',
    'E:99:"Suit:Hearts";',
  ])('are refused where damaged: %s', (serialized) => {
    expect(read(serialized)).toMatchObject({ ok: false });
  });
});
