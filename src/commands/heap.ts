import { setFlagsFromString } from 'node:v8';

/**
 * Switches off V8's pretenuring: where most objects of one place in the code outlive a collection of the young generation,
 * as those of a page do that is just being read, V8 makes them in the old generation from then on. Only the rare great
 * collection finds them there, and until then tens of megabytes of pages that were sent long ago are kept. Pages are no
 * slower without it (decision 21). Known to the V8 of Node 20 to 24; one that did not know it would say so on standard
 * error, and go on.
 */
export function keepPagesInYoungGeneration(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
}
