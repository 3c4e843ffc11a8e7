import { describe, expect, it } from 'vitest';
import { unserialize } from '../../../src/cscart/php-values/unserialize.ts';
import { read, readProblem, readValue } from './read.ts';

const nested = (depth: number, inner = 'i:1;') => `${'a:1:{i:0;'.repeat(depth)}${inner}${'}'.repeat(depth)}`;

describe('lengths that lie', () => {
  it.each([
    's:999999999:"',
    's:999999999:"a";',
    's:9999999999999999999:"a";',
    `s:${'9'.repeat(400)}:"a";`,
    's:4294967296:"a";',
    's:18446744073709551617:"a";',
    'a:99999999:{',
    'a:99999999:{i:0;i:1;}',
    'a:4294967295:{}',
    'a:9999999999999999999:{}',
    `a:${'9'.repeat(400)}:{}`,
    'O:8:"stdClass":99999999:{}',
    'O:999999999:"stdClass":0:{}',
    'C:8:"stdClass":99999999:{}',
    'E:999999999:"a";',
    'R:9999999999999999999;',
  ])('are refused: %s', (serialized) => {
    expect(read(serialized)).toMatchObject({ ok: false });
  });

  it('cost no memory', () => {
    const before = process.memoryUsage();
    for (let times = 0; times < 200; times += 1) {
      read('s:999999999:"a";');
      read('a:99999999:{i:0;i:1;}');
    }
    const after = process.memoryUsage();
    // One array of 99,999,999 slots would take 800 MB, one text of 999,999,999 bytes nearly as much.
    expect(after.heapUsed - before.heapUsed).toBeLessThan(50_000_000);
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(50_000_000);
  });

  it('are refused at their own place, before the elements are read', () => {
    const elements = Array.from({ length: 1000 }, (_, index) => `i:${index};i:1;`).join('');
    expect(readProblem(`a:5000:{${elements}}`)).toMatch(/^an array is longer than the column at byte 8 of/);
  });

  it('need not be an array of more elements than could fit', () => {
    // 6 bytes are the least that an element takes, so two fit and three do not.
    expect(readValue('a:2:{i:0;N;i:1;N;}')).toEqual(
      new Map([
        [0, null],
        [1, null],
      ]),
    );
    expect(readProblem('a:3:{i:0;N;i:1;N;}')).toMatch(/^an array is longer/);
    expect(readProblem('a:2:{i:0;N;i:11;}')).toMatch(/^no value begins/);
    expect(readProblem('a:2:{i:0;N;i:1;}')).toMatch(/^an array is longer/);
  });
});

describe('depth', () => {
  it.each([1, 2, 10, 63, 64])('of %i arrays is read', (depth) => {
    let value = readValue(nested(depth));
    for (let level = 0; level < depth; level += 1) {
      value = value instanceof Map ? (value.get(0) ?? null) : null;
    }
    expect(value).toBe(1);
  });

  it.each([65, 66, 1000, 100_000])('of %i arrays is refused', (depth) => {
    expect(readProblem(nested(depth))).toMatch(/^arrays are nested more than 64 deep at byte/);
  });

  it('of the innermost, empty array counts', () => {
    expect(read(nested(63, 'a:0:{}'))).toMatchObject({ ok: true });
    expect(read(nested(64, 'a:0:{}'))).toMatchObject({ ok: false });
  });

  it('counts objects like arrays', () => {
    const objects = (depth: number) => `${'O:1:"A":1:{i:0;'.repeat(depth)}i:1;${'}'.repeat(depth)}`;
    expect(readValue(objects(64))).toBeNull();
    expect(readProblem(objects(65))).toMatch(/^arrays are nested more than 64 deep/);
    expect(readProblem(objects(100_000))).toMatch(/^arrays are nested more than 64 deep/);
  });

  it('of an unclosed nest is refused without a stack overflow', () => {
    expect(readProblem('a:1:{i:0;'.repeat(400_000))).toMatch(/^arrays are nested more than 64 deep/);
  });
});

describe('elements', () => {
  const list = (count: number) => {
    const elements = Array.from({ length: count }, (_, index) => `i:${index};N;`).join('');
    return `a:${count}:{${elements}}`;
  };

  it('are read up to 100,000', () => {
    const value = readValue(list(100_000));
    expect(value instanceof Map && value.size).toBe(100_000);
  });

  it('are refused beyond 100,000', () => {
    expect(readProblem(list(100_001))).toMatch(/^there are more than 100000 elements/);
  });

  it('are counted over all arrays together', () => {
    expect(read(`a:2:{i:0;${list(50_000)}i:1;${list(49_998)}}`)).toMatchObject({ ok: true });
    expect(readProblem(`a:2:{i:0;${list(50_000)}i:1;${list(49_999)}}`)).toMatch(/^there are more than/);
  });

  it('of objects are counted too, though they are dropped', () => {
    const object = list(60_000).replace('a:', 'O:1:"A":');
    expect(readProblem(`a:2:{i:0;${object}i:1;${object}}`)).toMatch(/^there are more than 100000 elements/);
  });

  it('that are named again are counted again', () => {
    expect(read(`a:2:{i:0;${list(49_998)}i:1;R:2;}`)).toMatchObject({ ok: true });
    expect(readProblem(`a:2:{i:0;${list(50_000)}i:1;R:2;}`)).toMatch(/^there are more than 100000 elements/);
  });
});

describe('size', () => {
  const limit = 4 * 1024 * 1024;

  it('is read up to 4 MiB', () => {
    const content = 'x'.repeat(limit - 's:4194291:"";'.length);
    const bytes = Buffer.from(`s:${content.length}:"${content}";`);
    expect(bytes.length).toBe(limit);
    expect(unserialize(bytes)).toEqual({ ok: true, value: content });
  });

  it('is refused beyond 4 MiB', () => {
    expect(unserialize(Buffer.concat([Buffer.from('i:5;'), Buffer.alloc(limit)]))).toEqual({
      ok: false,
      problem: '4194308 bytes are more than 4194304',
    });
  });
});

describe('a long column', () => {
  // As large as a column may be: work that grows with the square of the length runs into the time-out.
  it.each<[string, string, RegExp]>([
    ['one number without an end', `d:${'1'.repeat(4_000_000)}`, /^a number has no end/],
    ['numbers without an end', `a:90000:{${'i:0;d:'.repeat(90_000)}`, /^a number is unreadable/],
    ['exponents', `d:${'1e'.repeat(2_000_000)};`, /^a number is unreadable/],
    ['one integer', `i:${'1'.repeat(4_000_000)};`, /^a number has too many digits/],
    ['one length', `s:${'0'.repeat(4_000_000)}1:"a";`, /^a number has too many digits/],
    [
      'references to one array',
      `a:90001:{i:0;a:1:{i:0;i:1;}${'i:1;R:2;'.repeat(90_000)}}`,
      /^there are more than 100000 elements/,
    ],
  ])('of %s is refused', (_name, serialized, problem) => {
    expect(readProblem(serialized)).toMatch(problem);
  });

  it('of one number is read', () => {
    expect(readValue(`d:${'1'.repeat(4_000_000)};`)).toBe(Number.POSITIVE_INFINITY);
  });

  it.each<[string, string, number]>([
    [
      'empty arrays',
      `a:90000:{${Array.from({ length: 90_000 }, (_, index) => `i:${index};a:0:{}`).join('')}}`,
      90_000,
    ],
    [
      'references to a large array',
      `a:9:{i:0;a:50000:{${'i:1;i:1;'.repeat(50_000)}}${'i:1;R:2;'.repeat(8)}}`,
      2,
    ],
    [
      'texts that are not UTF-8',
      `a:90000:{${Array.from({ length: 90_000 }, (_, index) => `i:${index};s:1:"\u00e9";`).join('')}}`,
      90_000,
    ],
  ])('of %s is read', (_name, serialized, elements) => {
    const reading = unserialize(Buffer.from(serialized, 'latin1'));
    expect(reading.ok && reading.value instanceof Map && reading.value.size).toBe(elements);
  });
});

describe('a damaged column', () => {
  it.each<[string, Buffer]>([
    ['zeros', Buffer.alloc(1000)],
    ['0xFF', Buffer.alloc(1000, 0xff)],
    ['opening braces', Buffer.alloc(1000, 0x7b)],
    ['colons', Buffer.alloc(1000, 0x3a)],
    ['a', Buffer.alloc(1000, 'a')],
    ['UTF-16', Buffer.from('a:1:{i:0;i:1;}', 'utf16le')],
  ])('of %s is refused', (_name, bytes) => {
    expect(unserialize(bytes)).toMatchObject({ ok: false });
  });

  it('of any single byte is refused', () => {
    for (let byte = 0; byte < 256; byte += 1) {
      expect(unserialize(Buffer.from([byte]))).toMatchObject({ ok: false });
    }
  });

  it('of any two bytes is refused, but for null', () => {
    for (let pair = 0; pair < 65_536; pair += 1) {
      const bytes = Buffer.from([pair >> 8, pair & 0xff]);
      const reading = unserialize(bytes);
      if (reading.ok !== (bytes.toString('latin1') === 'N;'))
        expect.fail(`two bytes: ${bytes.toString('hex')}`);
    }
  });
});
