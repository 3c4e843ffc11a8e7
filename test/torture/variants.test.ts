import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import { LEAKS } from '../../bench/soak/leaks.ts';
import { brokenFiles } from '../../torture/broken-variants.ts';
import { FAULT_VARIANTS } from '../../torture/faults/fault-variants.ts';
import { KILL_VARIANTS } from '../../torture/kill/kill-variants.ts';
import { POLL_VARIANTS } from '../../torture/poll/poll-variants.ts';
import { PRIVACY_VARIANTS } from '../../torture/privacy-variants.ts';
import { COMPILED_PROGRAM } from '../support/program.ts';

const VARIANTS = [...KILL_VARIANTS, ...POLL_VARIANTS, ...FAULT_VARIANTS, ...PRIVACY_VARIANTS, ...LEAKS];

// Else a change of the code is only noticed by the next long run of the torture or the soak, as a variant that cannot be built.
it.each(VARIANTS)('there is still what "$name" breaks', (variant) => {
  const files = brokenFiles(dirname(COMPILED_PROGRAM), variant);
  expect(files.size > 0 || 'environment' in variant).toBe(true);
});
