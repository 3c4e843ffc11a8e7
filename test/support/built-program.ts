import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PREPARE = fileURLToPath(new URL('../../scripts/prepare.mjs', import.meta.url));

/** Compiles the program once for a whole run, unless it is as new as its sources: tests start it hundreds of times. */
export function setup(): void {
  const { status } = spawnSync(process.execPath, [PREPARE, '--build'], { stdio: 'inherit' });
  if (status !== 0) throw new Error('the program does not compile: npm run types');
}
