import type { Answer } from './call.ts';
import type { Explanation } from './verify-finding.ts';

const LOGIN = /log-?in|sign-?in|auth\b|oauth|sso|account|password/i;

/** Where a redirect leads, and what to do: ShipStation may follow it, but hardly with its password. Pure. */
export function explainRedirect(url: URL, { status, headers }: Answer): Explanation {
  const location = headers['location'];
  const target = location === undefined ? undefined : parsed(location, url);
  if (target === undefined)
    return {
      message: `${status}, a redirect to nowhere`,
      advice: 'take the redirect away for this address',
    };
  const shown = addressOf(target);
  const moved = `${status}, a redirect to ${shown}`;
  const take = `take ${shown} as the address, in PUBLIC_URL and in ShipStation: a redirect can cost the password`;
  if (target.href === url.href)
    return {
      message: `${moved}, which is the same address: it never ends`,
      advice:
        'a proxy in front speaks plain HTTP to a server that wants https (Cloudflare: set SSL/TLS to Full (strict)), or cookies are asked for',
    };
  if (target.protocol === 'http:' && url.protocol === 'https:')
    return {
      message: `${moved}, which is not protected`,
      advice: 'take the redirect away for this address, so that the password is not sent in the clear',
    };
  if (target.protocol !== url.protocol && target.hostname === url.hostname)
    return { message: `${moved}: only https is served`, advice: take };
  if (LOGIN.test(target.pathname + target.host))
    return {
      message: `${moved}, a page for logging in`,
      advice: 'leave this address out of what asks people for a password',
    };
  if (withoutWww(target.hostname) !== withoutWww(url.hostname))
    return {
      message: `${moved}, another server`,
      advice:
        'take the redirect away for this address, or the address to which it leads, if the bridge answers there',
    };
  if (target.hostname !== url.hostname) return { message: `${moved}, with another www`, advice: take };
  if (target.pathname.replace(/\/+$/, '') === url.pathname.replace(/\/+$/, ''))
    return { message: `${moved}, with another slash at its end`, advice: take };
  return {
    message: `${moved}: the shop or the web server sends the request elsewhere`,
    advice: 'leave this address out of the rules that rewrite addresses, and pass it on to the bridge',
  };
}

function parsed(location: string, base: URL): URL | undefined {
  return URL.canParse(location, base.href) ? new URL(location, base) : undefined;
}

/** Without the query: it holds what ShipStation asks. */
function addressOf({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}

function withoutWww(hostname: string): string {
  return hostname.replace(/^www\./, '');
}
