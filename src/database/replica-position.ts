import type { Queryable } from './database.ts';

/** How far a primary had written its binary log, as its kind of server spells it. */
export interface PrimaryPosition {
  readonly kind: 'mariadb' | 'mysql';
  /** `0-1-270` (domain, server, sequence; a comma between several), or a set of GTIDs. Never empty. */
  readonly text: string;
}

/** Why a server cannot be read from, as half a sentence for the admin. */
export interface Unusable {
  readonly reason: string;
}

// MySQL reads over what is for MariaDB alone, and MariaDB over what is for MySQL from 5.7 on.
const POSITION = `select
  /*M! 'mariadb' as kind, @@global.gtid_binlog_pos as position, @@global.log_bin as isKept */
  /*!50700 'mysql' as kind, @@global.gtid_executed as position,
    @@global.log_bin and @@global.gtid_mode = 'ON' as isKept */`;

/**
 * Asks a primary for its position: everything that anybody has been told of as written is in it. {@link Unusable} where
 * the server keeps none. Throws as `Queryable.query` does.
 */
export async function readPosition(primary: Queryable): Promise<PrimaryPosition | Unusable> {
  const [row] = await primary.query<{
    kind: PrimaryPosition['kind'];
    position: string;
    isKept: number | string;
  }>(POSITION);
  if (!row || Number(row.isKept) !== 1 || row.position === '')
    return {
      reason:
        row?.kind === 'mysql'
          ? 'the primary keeps no GTIDs: let log_bin and gtid_mode be ON there'
          : 'the primary keeps no GTIDs: let log_bin be ON there',
    };
  return { kind: row.kind, text: row.position };
}

/**
 * Lets a replica wait until it has what the primary had at `position`, for so long at most. {@link Unusable} for a server
 * that cannot be a full copy of this primary. All statements to the replica go the same way as those that shall read: over
 * one connection. Throws as `Queryable.query` does.
 */
export async function waitForPosition(
  replica: Queryable,
  primary: Queryable,
  { kind, text }: PrimaryPosition,
  seconds: number,
): Promise<'there' | 'behind' | Unusable> {
  if (kind === 'mysql') {
    const outcome = await waited(
      replica,
      'wait_for_executed_gtid_set',
      text,
      Math.max(1, Math.ceil(seconds)),
    );
    return outcome === 0 ? 'there' : 'behind';
  }
  const outcome = await waited(replica, 'master_gtid_wait', text, seconds);
  const [state] = await replica.query<{ position: string; filters: string }>(REPLICA_STATE);
  if (!state || state.position === '') return { reason: 'it replicates from no server by GTID' };
  if (state.filters !== '')
    return { reason: 'it leaves out databases or tables (replicate_do_…, replicate_ignore_…)' };
  if (outcome !== 0) return 'behind';
  // Ids of MariaDB count up in every group of servers alike: to have a higher one may mean to be of another.
  if (state.position === text) return 'there';
  const later = await readPosition(primary);
  if (!('text' in later) || !isOfPrimary(state.position, text, later.text))
    return { reason: 'it is no copy of this primary: its position is one that the primary never had' };
  return 'there';
}

const FILTERS = ['do_db', 'ignore_db', 'do_table', 'ignore_table', 'wild_do_table', 'wild_ignore_table'];
const REPLICA_STATE = `select @@global.gtid_slave_pos as position,
  concat(${FILTERS.map((name) => `@@global.replicate_${name}`).join(', ')}) as filters`;

async function waited(
  replica: Queryable,
  wait: 'master_gtid_wait' | 'wait_for_executed_gtid_set',
  text: string,
  seconds: number,
): Promise<number> {
  const [row] = await replica.query<{ outcome: number | string | null }>(`select ${wait}(?, ?) as outcome`, [
    text,
    seconds,
  ]);
  return Number(row?.outcome ?? -1);
}

/**
 * Whether a replica that has all of `asked` can be a copy of the primary that was there then and has come to `later` since:
 * it is between the two, and where it is at one of them, by the same server. Of MariaDB's positions. Pure.
 */
export function isOfPrimary(replica: string, asked: string, later: string): boolean {
  const [has, before, after] = [partsOf(replica), partsOf(asked), partsOf(later)];
  return [...before].every(([domain, from]) => {
    const at = has.get(domain);
    const to = after.get(domain);
    if (!at || !to || at.sequence < from.sequence || at.sequence > to.sequence) return false;
    if (at.sequence === from.sequence) return at.server === from.server;
    if (at.sequence === to.sequence) return at.server === to.server;
    return at.server === from.server || at.server === to.server;
  });
}

interface Gtid {
  readonly server: string;
  readonly sequence: bigint;
}

function partsOf(position: string): ReadonlyMap<string, Gtid> {
  return new Map(
    position.split(',').map((gtid) => {
      const [domain = '', server = '', sequence = '0'] = gtid.trim().split('-');
      return [domain, { server, sequence: BigInt(sequence) }];
    }),
  );
}
