import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../../test/support/store/store.ts';

// Two times this many bytes are more than hundreds of notices need.
const ROWS = 2_000;
const BYTES = 7_000;
// The server gives the pages of deleted rows back in the background.
const PURGED_WITHIN_MS = 1_500;

/**
 * Leaves free pages within the file of the ledger's notices, so that on a full disk it is the store's own tables that cannot grow:
 * before a notice gets that far, it is written down in the ledger.
 */
export async function makeRoomInLedger(store: Store): Promise<void> {
  const notices = `${store.prefix}shipstation_notices`;
  await store.run(
    `insert into ${notices} (fingerprint, state, decision, raw_query, raw_body, received_at, changed_at)
       select concat('room ', seq), 'applied', '', '', repeat('x', ${BYTES}), 0, 0 from seq_1_to_${ROWS};
     delete from ${notices} where fingerprint like 'room %'`,
  );
  await sleep(PURGED_WITHIN_MS);
}
