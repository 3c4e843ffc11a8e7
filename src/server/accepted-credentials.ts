import { createHash, timingSafeEqual } from 'node:crypto';
import type { Log } from '../bridge/log.ts';
import type { Config } from '../config/config.ts';

type Credentials = Config['credentials'];

/** What ShipStation must send, which may change while requests are answered. */
export interface AcceptedCredentials {
  /** Gives the account that a user name and a password open, in a time that does not tell what was wrong. */
  judge(pair: { readonly username: string; readonly password: string }): string | undefined;
  /** From now on these count, and no others. */
  replace(credentials: Credentials): void;
  /** When somebody last came in with a password that is being given up, in milliseconds since 1970. */
  previousUsedAt(): number | undefined;
}

// Often enough to be seen, seldom enough not to fill the log with each poll.
const SAY_AGAIN_MS = 3_600_000;

/**
 * Accepts the user name with any of the passwords, of which the first is the one that shall be used. That one of the others
 * still is, is logged when it happens first, and then hourly.
 */
export function acceptCredentials(initial: Credentials, log: Log): AcceptedCredentials {
  let counting = digested(initial);
  let previousUsedAt: number | undefined;
  let saidAt: number | undefined;

  function sayPrevious(): void {
    previousUsedAt = Date.now();
    if (saidAt !== undefined && previousUsedAt - saidAt < SAY_AGAIN_MS) return;
    saidAt = previousUsedAt;
    log.warn(
      { event: 'credentials.previous_used' },
      'ShipStation still sends the previous password; type the new one into its form, then take SHIPSTATION_PASSWORD_PREVIOUS away',
    );
  }

  return {
    judge({ username, password }) {
      const isUser = timingSafeEqual(digest(username), counting.username);
      const given = digest(password);
      // Every password is compared.
      const matches = counting.passwords.map((one) => timingSafeEqual(given, one));
      if (!isUser || !matches.includes(true)) return undefined;
      if (matches[0] === false) sayPrevious();
      return counting.account;
    },
    replace(credentials) {
      counting = digested(credentials);
      saidAt = undefined;
    },
    previousUsedAt: () => previousUsedAt,
  };
}

function digested({ username, passwords }: Credentials) {
  return { account: username, username: digest(username), passwords: passwords.map(digest) };
}

/** Equal lengths are what a comparison in constant time needs. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}
