import type { Queryable } from './database.ts';

/** What a server says of itself and of this connection. */
export interface ServerFacts {
  /** As the server spells it, e.g. `10.11.14-MariaDB-0+deb12u2`, `8.0.36`. */
  readonly version: string;
  /** The account that the server took this login for, as SQL spells it: `'shipstation'@'%'`. */
  readonly account: string;
  readonly isReadOnly: boolean;
  /** Whether this connection is encrypted. */
  readonly isEncrypted: boolean;
  /** Its clock, and ours in the middle of the asking: milliseconds since 1970. */
  readonly clock: { readonly server: number; readonly here: number };
}

/** Asks in two small queries. Throws as `Queryable.query` does. */
export async function readServerFacts(database: Queryable): Promise<ServerFacts> {
  const [cipher] = await database.query<{ Value: string }>("show session status like 'Ssl_cipher'");
  const before = Date.now();
  const [row] = await database.query<{
    version: string;
    account: string;
    isReadOnly: string | number;
    now: string;
  }>(
    'select version() as version, current_user() as account, @@global.read_only as isReadOnly, unix_timestamp(now(6)) as now',
  );
  const here = (before + Date.now()) / 2;
  if (!row) throw new Error('the server says nothing of itself');
  return {
    version: row.version,
    account: accountOf(row.account),
    isReadOnly: !['0', 'off'].includes(String(row.isReadOnly).toLowerCase()),
    isEncrypted: Boolean(cipher?.Value),
    clock: { server: Number(row.now) * 1000, here },
  };
}

/** A host has no @ in it; a user may. */
function accountOf(account: string): string {
  const at = account.lastIndexOf('@');
  return quotedAccount(account.slice(0, at), account.slice(at + 1));
}

/** An account as SQL spells it: `'shipstation'@'%'`. */
export function quotedAccount(user: string, host: string): string {
  const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
  return `${quoted(user)}@${quoted(host)}`;
}
