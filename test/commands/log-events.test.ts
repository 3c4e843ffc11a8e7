import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const source = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join('src', file), 'utf8'))
  .join('\n');

/** The rows of the document: an event and its level or levels. */
const documented = [
  ...readFileSync('docs/log-events.md', 'utf8').matchAll(/^\| `([a-z]+\.[a-z_]+)` +\| ([a-z, ]+?) +\|/gm),
].map(([, event = '', levels = '']) => ({ event, levels: levels.split(', ') }));

it('docs/log-events.md has every event that the program logs once, and no other', () => {
  const logged = new Set([...source.matchAll(/\bevent: '([^']+)'/g)].map(([, event]) => event));
  expect(logged.size).toBeGreaterThan(30);
  expect(new Set(documented.map(({ event }) => event))).toEqual(logged);
  expect(documented).toHaveLength(logged.size);
});

it('docs/log-events.md tells the level at which each is logged', () => {
  const calls = source.matchAll(/\blog(?:ger)?\.(info|warn|error|fatal)\(\s*\{\s*event: '([^']+)'/g);
  const levels = [...calls].map(([, level, event]) => ({ event, level }));
  expect(levels.length).toBeGreaterThan(20);
  for (const { event, level } of levels)
    expect.soft(documented.find((row) => row.event === event)?.levels, event).toContain(level);
});

it('no name of an event is put together, so that all of them can be found', () => {
  expect(source).not.toMatch(/\bevent: (?!'|string)/);
});
