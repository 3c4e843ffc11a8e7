/** Where a database is and how to log in, as read from a `mysql://` URL. */
export interface DatabaseUrl {
  readonly host: string;
  readonly port: number;
  /** A Unix socket, used instead of host and port. */
  readonly socketPath?: string | undefined;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly tls: 'off' | 'verified' | 'unverified';
}

const TLS_WORDS: ReadonlyMap<string, DatabaseUrl['tls']> = new Map([
  ['true', 'verified'],
  ['verify', 'verified'],
  ['required', 'verified'],
  ['skip-verify', 'unverified'],
  ['unverified', 'unverified'],
  ['false', 'off'],
  ['off', 'off'],
]);

/**
 * Reads `mysql://user:password@host:3306/database`, with `?ssl=verify`, `?ssl=skip-verify` or `?socket=/path` behind it.
 * Special characters in user and password are percent-encoded, as in every URL.
 *
 * Returns the parts, or a sentence that says what is wrong. The sentence never repeats the URL: it holds a password.
 */
export function parseDatabaseUrl(text: string): DatabaseUrl | { readonly problem: string } {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return {
      problem:
        'is not a URL like mysql://user:password@host:3306/database (special characters in the password must be percent-encoded, e.g. @ as %40)',
    };
  }
  if (url.protocol !== 'mysql:' && url.protocol !== 'mariadb:')
    return { problem: 'must begin with mysql://' };
  const database = decoded(url.pathname.replace(/^\//, ''));
  if (!database || database.includes('/'))
    return { problem: 'must end with the name of the database: mysql://user:password@host:3306/database' };
  const user = decoded(url.username);
  const password = decoded(url.password);
  if (user === undefined || password === undefined)
    return {
      problem: 'has a user or password in which a % is not followed by two hex digits (write % as %25)',
    };
  if (!user) return { problem: 'names no user: mysql://user:password@host:3306/database' };

  const ssl = url.searchParams.get('ssl');
  const tls = ssl === null ? 'off' : TLS_WORDS.get(ssl.toLowerCase());
  if (!tls) return { problem: 'has an unknown ?ssl= (use ssl=verify or ssl=skip-verify)' };
  for (const name of url.searchParams.keys()) {
    if (name !== 'ssl' && name !== 'socket') return { problem: `has an unknown option "${name}"` };
  }
  return {
    host: url.hostname.replace(/^\[|\]$/g, '') || 'localhost',
    port: url.port ? Number(url.port) : 3306,
    socketPath: url.searchParams.get('socket') ?? undefined,
    user,
    password,
    database,
    tls,
  };
}

/** Whether both lead to the same server, as far as their spelling tells; which database is no matter. */
export function isSameServer(one: DatabaseUrl, other: DatabaseUrl): boolean {
  if (one.socketPath !== undefined || other.socketPath !== undefined)
    return one.socketPath === other.socketPath;
  return one.port === other.port && serverName(one.host) === serverName(other.host);
}

function serverName(host: string): string {
  return ['127.0.0.1', '::1'].includes(host) ? 'localhost' : host.toLowerCase();
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
