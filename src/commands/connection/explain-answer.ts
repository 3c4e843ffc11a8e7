import { PROBLEMS } from '../../server/http-problem.ts';
import { bridgeSentence, isBridgeProblem } from './bridge-sentence.ts';
import type { Answer, NoAnswer, Outcome } from './call.ts';
import { explainRedirect } from './explain-redirect.ts';
import { describePage, type PageKind, pageKind, shortened } from './page-kind.ts';
import type { Explanation } from './verify-finding.ts';

const PASS_ON =
  'let it pass this address on to the bridge; deploy/README.md has examples for nginx, Apache and Caddy';

/**
 * What an outcome is that is not what the bridge should have answered, and what to do about it. Pure.
 *
 * @param url - what was asked, as ShipStation asks it
 */
export function explainOutcome(url: URL, outcome: Outcome): Explanation {
  return outcome.kind === 'answer' ? explainAnswer(url, outcome) : explainSilence(url, outcome);
}

function explainSilence({ protocol }: URL, { code, milliseconds }: NoAnswer): Explanation {
  const seconds = Math.round(milliseconds / 1000);
  if (code === 'TIMEOUT')
    return {
      message: `no answer within ${seconds} seconds`,
      advice:
        'does the bridge run, and does the web server pass this address on to its HOST and PORT? A firewall may also drop what it does not like',
    };
  const isPlain = protocol === 'http:';
  if (code.startsWith('HPE_'))
    return {
      message: `what answers does not speak HTTP (${code})`,
      advice: isPlain
        ? 'is it a port for TLS? Then the address has to begin with https://'
        : 'another program listens there: mend the port in the address',
    };
  if (code === 'ECONNRESET' || code === 'EPIPE')
    return {
      message: 'the connection was closed instead of an answer',
      advice: `look at the web server’s error log: it may not reach the bridge, or a firewall cuts what it does not like${isPlain ? '. A port for TLS does so, too: then the address has to begin with https://' : ''}`,
    };
  if (/CERTIFICATE|ALERT/.test(code))
    return {
      message: `the server ended the connection: ${code}`,
      advice:
        'if it asks callers for a certificate of their own, take that away for this address: ShipStation has none',
    };
  return { message: `no answer: ${code}`, advice: 'look at the web server’s error log' };
}

function explainAnswer(url: URL, answer: Answer): Explanation {
  const own = bridgeSentence(answer);
  if (own !== undefined) return explainBridge(answer, own);
  const { status } = answer;
  if (status >= 300 && status < 400) return explainRedirect(url, answer);
  const page = describePage(answer);
  const kind = pageKind(answer);
  const seen = `${status}, ${page}`;
  // Whatever the status: a person would be let through, a program is not.
  if (kind === 'challenge' || kind === 'firewall' || kind === 'login') return explainByKind(kind, seen);
  return explainStatus(answer, seen) ?? explainByKind(kind, seen);
}

function explainBridge(answer: Answer, sentence: string): Explanation {
  if (isBridgeProblem(answer, PROBLEMS.credentialsMissing()))
    return {
      message:
        'the bridge was reached, but without user name and password: something in front drops the Authorization header',
      advice:
        'nginx passes it on unless told otherwise; Apache with CGI or FastCGI needs "CGIPassAuth On"; a password of the web server’s own uses it up',
    };
  switch (answer.status) {
    case 401:
      return {
        message: 'the bridge was reached, but it has another user name or password than these settings',
        advice:
          'restart the bridge if the settings were changed; else another bridge, with other settings, answers there',
      };
    case 400:
    case 405:
      return {
        message: `the bridge was reached, and refuses the address: ${sentence}`,
        advice: 'take out of the address what the bridge does not know',
      };
    case 404:
      return {
        message: 'the bridge was reached, but at a path at which it does not answer',
        advice:
          'let the web server pass the address on to /shipstation of the bridge, not to another path of it',
      };
    case 429:
      return {
        message: `the bridge was reached, and refuses: ${sentence}`,
        advice:
          'wait a minute; if it was not you who asked so often, the log names the address (request.answered with 429)',
      };
    case 503:
      return {
        message: `the bridge was reached, but it cannot work: ${sentence}`,
        advice: 'run "cscart-shipstation check": it says what is wrong with the database',
      };
    default:
      return { message: `the bridge was reached, and failed: ${sentence}`, advice: 'look into its log' };
  }
}

function explainStatus({ status, headers, body }: Answer, seen: string): Explanation | undefined {
  const text = body.subarray(0, 4096).toString('utf8');
  if (status === 400 && /plain http request was sent to https port/i.test(text))
    return {
      message: `${seen}: this port wants TLS`,
      advice: 'let the address begin with https://',
    };
  if (/no required ssl certificate|client certificate/i.test(text))
    return {
      message: `${seen}: the server asks callers for a certificate of their own`,
      advice: 'take that away for this address: ShipStation has none',
    };
  switch (status) {
    case 401:
      return {
        message: `401 by something in front of the bridge${realmOf(headers)}: it asks for a password of its own`,
        advice:
          'take that password away for this address: ShipStation can send only one, and it has to be the bridge’s',
      };
    case 403:
    case 406:
      return explainByKind('firewall', seen);
    case 404:
    case 410:
      return {
        message: `${seen}, and not by the bridge: the server does not know this address`,
        advice: PASS_ON,
      };
    case 405:
      return { message: `${seen}, and not by the bridge: another program has this address`, advice: PASS_ON };
    case 407:
      return {
        message: `${seen}: a proxy on the way wants a password`,
        advice: 'run this on a machine that reaches the internet without a proxy',
      };
    case 413:
      return {
        message: `${seen}: the server takes no requests of this size`,
        advice: 'let it take bodies of 4 megabytes (nginx: client_max_body_size 4m)',
      };
    case 429:
      return {
        message: `${seen}: something in front of the bridge limits requests${retryOf(headers)}`,
        advice: 'leave this address out of its limit: ShipStation fetches long imports page after page',
      };
    case 502:
      return {
        message: `${seen}: the web server does not reach the bridge`,
        advice:
          'does the bridge run, and do HOST and PORT agree with what the web server passes requests on to? In a container 127.0.0.1 is the container itself; SELinux needs httpd_can_network_connect',
      };
    case 503:
      return {
        message: `${seen}, and not by the bridge: the web server or the shop is closed, for maintenance or for too many requests`,
        advice: 'open it for this address, and look whether the bridge runs',
      };
    case 504:
      return {
        message: `${seen}: the web server has waited in vain for the bridge`,
        advice:
          'is the bridge’s port open for the web server? Or is the database slow: "cscart-shipstation check" says so',
      };
    default:
      if (status >= 520 && status <= 530)
        return {
          message: `${seen}: Cloudflare does not reach your web server`,
          advice: 'does it run, is its certificate good, and does its firewall let Cloudflare in?',
        };
      return status >= 500
        ? {
            message: `${seen}, and not by the bridge`,
            advice: 'look into the error log of the web server or the shop',
          }
        : undefined;
  }
}

function explainByKind(kind: PageKind, seen: string): Explanation {
  switch (kind) {
    case 'challenge':
      return {
        message: `${seen}: a bot protection wants to see a browser, and ShipStation is none`,
        advice:
          'make a rule there that skips it for this address (Cloudflare: a WAF custom rule with the action Skip)',
      };
    case 'firewall':
      return {
        message: `${seen}: a firewall or a rule of the web server does not let this through`,
        advice:
          'allow the address in the firewall (ModSecurity, a plugin, the hoster’s panel); ShipStation publishes no IP addresses',
      };
    case 'login':
      return {
        message: `${seen}: a page for logging in`,
        advice: 'leave this address out of what asks people for a password',
      };
    case 'shop':
      return { message: `${seen}: the shop itself answers, not the bridge`, advice: PASS_ON };
    case 'other':
      return { message: `${seen}: something else than the bridge answers`, advice: PASS_ON };
  }
}

function realmOf(headers: Answer['headers']): string {
  const realm = /realm="?([^",]*)/i.exec(headers['www-authenticate'] ?? '')?.[1];
  return realm === undefined || realm === '' ? '' : ` ("${shortened(realm)}")`;
}

function retryOf(headers: Answer['headers']): string {
  const seconds = headers['retry-after'];
  return seconds === undefined ? '' : ` (Retry-After: ${shortened(seconds)})`;
}
