import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Whether `dist/main.js` is as new as everything that it is made from. Folders count, so that a removed file is
 * noticed as well.
 *
 * @param {string} root
 * @returns {boolean}
 */
export function programIsBuilt(root) {
  const built = modifiedAt(join(root, 'dist', 'main.js'));
  if (built === undefined) return false;
  const sources = [join(root, 'src'), join(root, 'tsconfig.json'), join(root, 'tsconfig.build.json')];
  // A package without its sources is already built.
  return sources.every((source) => newestIn(source) <= built);
}

function newestIn(path) {
  const own = modifiedAt(path);
  if (own === undefined) return 0;
  if (!statSync(path).isDirectory()) return own;
  return Math.max(own, ...readdirSync(path).map((name) => newestIn(join(path, name))));
}

function modifiedAt(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}
