import type { ReplicaState } from '../database/read-replica.ts';
import type { Log } from './log.ts';

/** Gives what tells in the log where orders are read from, called with every change of it. */
export function createReplicaReport(log: Log): (state: ReplicaState) => void {
  return (state) => {
    switch (state.kind) {
      case 'used':
        log.info({ event: 'replica.used' }, 'orders are read from the replica');
        break;
      case 'behind':
        log.warn(
          { event: 'replica.behind', waitedSeconds: state.waitedSeconds },
          'the replica is behind, so orders are read from the primary; look at its replication if this lasts',
        );
        break;
      case 'unusable':
        log.warn(
          { event: 'replica.unusable', reason: state.reason },
          'the replica cannot be read from, so orders are read from the primary; "cscart-shipstation check" says more',
        );
    }
  };
}
