import type { Config } from '../../config/config.ts';
import type { DatabaseUrl } from '../../database/database-url.ts';
import type { ServerFacts } from '../../database/server-facts.ts';
import { counted } from '../../values/counted.ts';
import type { Finding } from './finding.ts';

/** What the server that was reached says of itself. Pure. */
export function judgeServer(
  { version, account, isReadOnly, isEncrypted }: ServerFacts,
  url: DatabaseUrl,
): Finding {
  const facts = { version, account, isReadOnly, isEncrypted };
  const where = `${version}, database ${url.database}, as ${account}`;
  if (isReadOnly) {
    return {
      check: 'database',
      level: 'problem',
      message: `the server is read-only, so shipments cannot be written: ${where}`,
      advice: 'is it a replica? Name the server that the shop writes to in CSCART_DATABASE_URL',
      facts,
    };
  }
  const isElsewhere = url.socketPath === undefined && !isThisMachine(url.host);
  return {
    check: 'database',
    level: 'ok',
    message: `reached: ${where}${isEncrypted ? ', over TLS' : ''}`,
    ...(isElsewhere &&
      !isEncrypted && {
        advice: `${url.host} is another machine, and the connection is not encrypted: add ?ssl=verify unless the network between is your own`,
      }),
    facts,
  };
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

// CS-Cart and ShipStation both write whole seconds; a second or two is the asking itself.
const SAME_SECONDS = 5;

/**
 * How far the database's clock is from this machine's. What the difference may be before an order can be missed is
 * EXPORT_OVERLAP_SECONDS (decision 0012). Pure.
 */
export function judgeClock(
  { clock }: Pick<ServerFacts, 'clock'>,
  { overlapSeconds }: Pick<Config['export'], 'overlapSeconds'>,
  timeZone: string,
): Finding {
  const seconds = Math.round((clock.server - clock.here) / 1000);
  const facts = { secondsAhead: seconds, timeZone };
  const off = Math.abs(seconds);
  if (off <= SAME_SECONDS) {
    return {
      check: 'clock',
      level: 'ok',
      message: `the database's clock and this machine's agree; the shop's time zone is ${timeZone}`,
      facts,
    };
  }
  const isTooFar = off > overlapSeconds;
  return {
    check: 'clock',
    level: isTooFar ? 'problem' : 'warning',
    message: `the database's clock is ${counted(off, 'second')} ${seconds > 0 ? 'ahead of' : 'behind'} this machine's${
      isTooFar ? ', more than EXPORT_OVERLAP_SECONDS makes up for: orders can be missed' : ''
    }`,
    advice: 'let both machines set their clocks by NTP',
    facts,
  };
}
