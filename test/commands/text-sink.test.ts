import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFile } from '../../src/commands/text-sink.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bridge-test-'));
  file = join(folder, 'orders.xml');
});
afterEach(() => rmSync(folder, { recursive: true }));

const names = () => readdirSync(folder).sort();
const PART = expect.stringMatching(/^\.orders\.xml\.\w+\.part$/);

describe('a file', () => {
  it('is there when it is whole, and not before', async () => {
    const sink = await openFile(file);
    await sink.write('<a>');
    await sink.write('ü</a>');
    expect(names()).toEqual([PART]);
    await sink.finish();
    expect(names()).toEqual(['orders.xml']);
    expect([readFileSync(file, 'utf8'), sink.written]).toEqual(['<a>ü</a>', 9]);
  });

  it('is read by its owner alone', async () => {
    const sink = await openFile(file);
    await sink.finish();
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('keeps the permissions that it had, and its place behind a link', async () => {
    writeFileSync(file, 'before');
    chmodSync(file, 0o640);
    symlinkSync('orders.xml', join(folder, 'link'));
    const sink = await openFile(join(folder, 'link'));
    await sink.write('after');
    expect(readFileSync(file, 'utf8')).toBe('before');
    await sink.finish();
    expect([readFileSync(file, 'utf8'), statSync(file).mode & 0o777]).toEqual(['after', 0o640]);
    expect(names()).toEqual(['link', 'orders.xml']);
  });

  it('is what it was when it is given up, however often that is said', async () => {
    writeFileSync(file, 'before');
    const sink = await openFile(file);
    await sink.write('half');
    await sink.abandon();
    await sink.abandon();
    expect([names(), readFileSync(file, 'utf8')]).toEqual([['orders.xml'], 'before']);
  });

  it('stays when it is given up after it was whole', async () => {
    const sink = await openFile(file);
    await sink.write('whole');
    await sink.finish();
    await sink.abandon();
    expect(readFileSync(file, 'utf8')).toBe('whole');
  });

  it('can be opened twice at once: the last one counts', async () => {
    const [first, second] = [await openFile(file), await openFile(file)];
    await first.write('first');
    await second.write('second');
    await second.finish();
    await first.finish();
    expect([names(), readFileSync(file, 'utf8')]).toEqual([['orders.xml'], 'first']);
  });

  it('leaves nothing behind where its place has become a folder meanwhile', async () => {
    const sink = await openFile(file);
    mkdirSync(file);
    await expect(sink.finish()).rejects.toThrow(/orders\.xml cannot be written: /);
    expect(names()).toEqual(['orders.xml']);
  });

  it.each([
    ['a folder that is not there', () => join(folder, 'no', 'orders.xml'), 'its folder is not there'],
    [
      'a file in place of a folder',
      () => join(import.meta.filename, 'orders.xml'),
      'its folder is no folder',
    ],
    ['a folder', () => folder, 'it is no ordinary file'],
    ['a device', () => '/dev/null', 'it is no ordinary file'],
    ['a name that is too long', () => join(folder, 'x'.repeat(300)), 'the name is too long'],
  ])('is refused for %s', async (_, path, reason) => {
    await expect(openFile(path())).rejects.toMatchObject({
      message: `${path()} cannot be written: ${reason}`,
      exitCode: 2,
    });
    expect(names()).toEqual([]);
  });
});
