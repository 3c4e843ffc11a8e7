import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Whether node_modules holds what package-lock.json asks for. npm ends each install by writing what it installed into
 * `node_modules/.package-lock.json`, so an install by hand counts, and one that was broken off does not.
 *
 * @param {string} root folder of package-lock.json
 * @param {{ withDevelopment: boolean }} needs whether packages for building and testing must be there too
 * @returns {boolean}
 */
export function packagesAreInstalled(root, { withDevelopment }) {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const installed = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (wanted === undefined || installed === undefined) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    // The entry '' is the project itself.
    if (path === '') return true;
    const found = installed[path];
    if (found !== undefined) return found.version === entry.version && found.integrity === entry.integrity;
    // Optional packages are mostly builds for other platforms.
    return entry.optional === true || entry.devOptional === true || (entry.dev === true && !withDevelopment);
  });
}

function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
