import { isIP, isIPv6 } from 'node:net';
import { portOf } from './call.ts';
import { explainTls } from './explain-tls.ts';
import { isOwnNetwork } from './own-network.ts';
import { type AddressTried, isOwnLack, type Reach, type TlsTried } from './reach.ts';
import type { VerifyFinding } from './verify-finding.ts';

// A certificate of ninety days is renewed thirty days before its end; at ten something has gone wrong.
const DAYS_LEFT = 10;
const DAY_MS = 24 * 3600 * 1000;

/** What the address says by itself. Pure. */
export function judgeAddress(url: URL): readonly VerifyFinding[] {
  if (url.protocol === 'https:') return [];
  return [
    {
      check: 'address',
      level: 'warning',
      message: 'begins with http://: the password and your customers’ addresses travel unprotected',
      advice: 'put TLS in front of the bridge and use https://',
    },
  ];
}

/** How far one got. Pure; nothing need be asked where one of the findings is a problem. */
export function judgeReach(url: URL, { addresses, tls }: Reach, now: Date): readonly VerifyFinding[] {
  const host = url.hostname;
  if ('code' in addresses) return [judgeName(host, addresses.code)];
  const findings = [...judgeAddresses(host, addresses)];
  const connection = judgeConnection(url, addresses);
  findings.push(connection);
  if (tls !== undefined) findings.push(judgeTls(url, tls, now));
  return findings;
}

function judgeName(host: string, code: string): VerifyFinding {
  if (code === 'ENOTFOUND' || code === 'ENODATA')
    return {
      check: 'name',
      level: 'problem',
      message: `${host} is not known to DNS`,
      advice:
        'is it misspelt? Else make a record for it (A or AAAA) at your DNS provider; that can take an hour to be seen',
    };
  return {
    check: 'name',
    level: 'problem',
    message: `${host} could not be looked up: the name server that this machine asks gives no answer (${code})`,
    advice:
      'look at this machine’s own network first (/etc/resolv.conf); then at the name servers of your domain',
  };
}

function* judgeAddresses(host: string, addresses: readonly AddressTried[]): Generator<VerifyFinding> {
  const own = addresses.filter(({ address }) => isOwnNetwork(address));
  const shown = addresses.map(({ address }) => address).join(', ');
  if (own.length > 0) {
    yield {
      check: 'name',
      level: 'warning',
      message: `${host} is ${shown} as seen from here, which the internet does not reach`,
      advice:
        'run this from outside, too: ShipStation comes from the internet, and may see another address or none',
    };
  } else if (addresses.every(({ address }) => isIPv6(address))) {
    yield {
      check: 'name',
      level: 'warning',
      message: `${host} has an IPv6 address alone (${shown})`,
      advice: 'give it an IPv4 address, too: whether ShipStation knows IPv6 is not documented',
    };
  } else if (isIP(host.replace(/^\[|\]$/g, '')) === 0) {
    yield { check: 'name', level: 'ok', message: `${host} is ${shown}` };
  }
}

function judgeConnection(url: URL, addresses: readonly AddressTried[]): VerifyFinding {
  const port = portOf(url);
  const closed = addresses.filter(({ code }) => code !== undefined);
  if (closed.length < addresses.length) {
    const dead = closed.filter((tried) => !isOwnLack(tried)).map(({ address }) => address);
    if (dead.length === 0)
      return { check: 'connection', level: 'ok', message: `port ${port} takes connections` };
    return {
      check: 'connection',
      level: 'warning',
      message: `port ${port} takes no connections at ${dead.join(', ')}`,
      advice: 'take this address out of DNS, or let the server answer there too: ShipStation may choose it',
    };
  }
  return { check: 'connection', level: 'problem', ...explainClosed(port, closed) };
}

function explainClosed(port: number, closed: readonly AddressTried[]) {
  const codes = closed.map(({ code }) => code);
  const where = `port ${port} of ${closed.map(({ address }) => address).join(', ')}`;
  if (codes.includes('ECONNREFUSED'))
    return {
      message: `${where} is closed: nothing listens there`,
      advice: 'does the web server run, and is the port in the address right?',
    };
  if (codes.includes('TIMEOUT') || codes.includes('ETIMEDOUT'))
    return {
      message: `${where} does not answer at all`,
      advice:
        'a firewall drops the packets, or the address is of another machine: open the port (ufw, the cloud’s security group)',
    };
  return {
    message: `${where} is not reached (${codes.join(', ')})`,
    advice: 'is the address in DNS right, and is this machine on the internet?',
  };
}

function judgeTls(url: URL, tls: TlsTried, now: Date): VerifyFinding {
  if (tls.code !== undefined) return { check: 'TLS', level: 'problem', ...explainTls(url, tls) };
  const { certificate, protocol } = tls;
  const until = certificate?.validTo.toISOString().slice(0, 10) ?? '?';
  const of = `${protocol ?? 'TLS'}, a certificate by ${certificate?.issuer ?? '?'} until ${until}`;
  const daysLeft = ((certificate?.validTo.getTime() ?? 0) - now.getTime()) / DAY_MS;
  if (daysLeft >= DAYS_LEFT) return { check: 'TLS', level: 'ok', message: of };
  return {
    check: 'TLS',
    level: 'warning',
    message: `${of}: that is soon`,
    advice: 'see that it is renewed (certbot renew), and that the web server is reloaded then',
  };
}
