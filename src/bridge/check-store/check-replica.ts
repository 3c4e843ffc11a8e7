import type { Config } from '../../config/config.ts';
import { openDatabase, type Queryable } from '../../database/database.ts';
import {
  DatabaseUnavailable,
  describeDatabaseError,
  isDatabaseError,
} from '../../database/database-errors.ts';
import type { DatabaseUrl } from '../../database/database-url.ts';
import { readPosition, waitForPosition } from '../../database/replica-position.ts';
import { readServerFacts } from '../../database/server-facts.ts';
import { createTableNames } from '../../database/table-names.ts';
import { counted } from '../../values/counted.ts';
import { adviceForDatabase } from '../database-advice.ts';
import { grantStatement } from '../needed-rights.ts';
import { missingReadRights } from './check-rights.ts';
import type { Finding } from './finding.ts';

const WAIT_SECONDS = 2;
const VARIABLE = 'CSCART_READ_DATABASE_URL';

/** Looks whether orders can be read from the replica. Without it nothing is lost: they are read from the primary. */
export async function checkReplica(config: Config, primary: Queryable, url: DatabaseUrl): Promise<Finding> {
  const tables = createTableNames(config.store.tablePrefix);
  const replica = openDatabase(url);
  try {
    const { version, account } = await readServerFacts(replica);
    const missing = await missingReadRights(replica, tables);
    if (missing.length > 0) {
      return {
        ...unused(`its account ${account} lacks ${counted(missing.length, 'right')}`),
        advice: 'let an administrator of the database run, on the primary if accounts are replicated:',
        details: missing.map((right) => grantStatement(right, { account, database: url.database, tables })),
      };
    }
    const position = await readPosition(primary);
    if ('reason' in position) return unused(position.reason);
    const session = await replica.session();
    try {
      const answer = await waitForPosition(session, primary, position, WAIT_SECONDS);
      if (typeof answer === 'object') return unused(answer.reason);
      if (answer === 'behind') return BEHIND;
    } finally {
      session.release();
    }
    return {
      check: 'replica',
      level: 'ok',
      message: `orders are read from the replica, which has all that the primary has: ${version}, as ${account}`,
    };
  } catch (error) {
    if (error instanceof DatabaseUnavailable)
      return { ...unused(error.message), advice: adviceForDatabase(error.message, VARIABLE) };
    if (!isDatabaseError(error)) throw error;
    return unused(`a server refuses a statement: ${describeDatabaseError(error)}`);
  } finally {
    await replica.close();
  }
}

const BEHIND: Finding = {
  check: 'replica',
  level: 'warning',
  message: `the replica does not come to where the primary is within ${counted(WAIT_SECONDS, 'second')}, so orders are read from the primary`,
  advice:
    'look at its replication ("show replica status" there); one that is kept behind on purpose is of no use here',
};

function unused(reason: string): Finding {
  return {
    check: 'replica',
    level: 'warning',
    message: `orders are read from the primary, since the replica cannot be used: ${reason}`,
    advice: `let it be a full replica by GTID, or take ${VARIABLE} away (docs/replicas.md)`,
  };
}
