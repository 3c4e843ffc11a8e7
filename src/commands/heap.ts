import { setFlagsFromString } from 'node:v8';

/**
 * Has V8 make every object in its young generation. It notices where most of a kind of object outlive a look at that
 * generation, as those of a page do that is being read at that moment, and from then on makes them where only the rare
 * great collection finds them: some tens of megabytes of pages that were sent long ago. Off, pages are no slower
 * (decision 0021).
 */
export function keepPagesInYoungGeneration(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
}
