import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const dockerfile = readFileSync('deploy/Dockerfile', 'utf8').replaceAll('\\\n', '');
const lines = dockerfile.split('\n').map((line) => line.trim());
const lastStage = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));
const ignored = readFileSync('.dockerignore', 'utf8').split('\n');

/** What is copied from the project, not from another stage. */
const copied = lines
  .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
  .flatMap((line) => line.split(/\s+/).slice(1, -1))
  .map((path) => path.replace(/^\.\//, ''));

it('the builder gets what is copied, and nothing else', () => {
  const [everything, ...exceptions] = ignored.filter((line) => line !== '' && !line.startsWith('#'));
  expect(everything).toBe('*');
  expect(exceptions.toSorted()).toEqual([...new Set(copied)].map((path) => `!${path}`).toSorted());
});

it('everything that is copied is there', () => {
  expect(copied.filter((path) => !existsSync(path))).toEqual([]);
});

it('the image that runs begins with nothing, and runs node itself as a user without rights', () => {
  expect(lastStage[0]).toBe('FROM scratch AS bridge');
  expect(lastStage).toContain('USER 1000:1000');
  expect(lastStage).toContain('ENTRYPOINT ["node", "dist/main.js"]');
  expect(lastStage).toContain('CMD ["serve"]');
});

it('every base but the empty one is the build argument', () => {
  const stages = lines.flatMap((line) => / AS (\S+)$/.exec(line)?.[1] ?? []);
  const bases = lines.flatMap((line) => /^FROM (\S+)/.exec(line)?.[1] ?? []);
  const foreign = bases.filter((base) => !stages.includes(base) && base !== 'scratch');
  expect(foreign.length).toBeGreaterThan(0);
  expect(foreign.filter((base) => !/^\$\{NODE_IMAGE\}$/.test(base))).toEqual([]);
});

it('runs the compiler itself: the scripts of the project are not in the image', () => {
  expect(lines.filter((line) => /^RUN .*npm run/.test(line))).toEqual([]);
});
