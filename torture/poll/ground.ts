import type { Store } from '../../test/support/store/store.ts';
import type { StatementProxy } from '../statement-proxy.ts';
import type { BridgeUnderTest } from './bridge-under-test.ts';
import type { VirtualClock } from './clock.ts';
import type { Tally } from './tally.ts';

/** What the schedules of one store are played on, one after the other. */
export interface Ground {
  readonly store: Store;
  readonly bridge: BridgeUnderTest;
  readonly clock: VirtualClock;
  /** Between the bridge and its database; the shop's own programs go past it. */
  readonly proxy: StatementProxy;
  readonly tally: Tally;
}
