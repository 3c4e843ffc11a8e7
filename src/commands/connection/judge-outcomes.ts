import { PROBLEMS } from '../../server/http-problem.ts';
import { counted } from '../../values/counted.ts';
import { bridgeSentence, isBridgeProblem } from './bridge-sentence.ts';
import type { Answer, Outcome } from './call.ts';
import { explainOutcome } from './explain-answer.ts';
import { readOrdersAnswer } from './read-orders-answer.ts';
import type { VerifyCheck, VerifyFinding } from './verify-finding.ts';

// ShipStation's own limit is not published; merchants whose answers took tens of seconds were told of time-outs.
const SLOW_MS = 5_000;

/**
 * ShipStation's *Test Connection*, with the right user name and password.
 *
 * @param withHeaders - the same with the credentials in the headers of ShipStation's own plugins, if the bridge refused
 */
export function judgeTest(url: URL, outcome: Outcome, withHeaders: Outcome | undefined): VerifyFinding {
  const check = 'test connection';
  const read = outcome.kind === 'answer' && outcome.status === 200 ? readOrdersAnswer(outcome) : undefined;
  if (read?.kind === 'orders' && read.orders > 0)
    return {
      check,
      level: 'problem',
      message: `another program answers: it sends ${counted(read.orders, 'order')} without being asked for a time`,
      advice:
        'is it the add-on that the bridge replaces? Uninstall it, and let the web server pass the address on to the bridge',
    };
  if (read?.kind === 'orders')
    return timed({ check, level: 'ok', message: 'answered with no orders, as it should be' }, outcome);
  if (read?.kind === 'spoilt') return { check, level: 'problem', ...read.explanation };
  const explanation = explainOutcome(url, outcome);
  if (
    withHeaders?.kind === 'answer' &&
    withHeaders.status === 200 &&
    readOrdersAnswer(withHeaders).kind === 'orders'
  )
    return {
      check,
      level: 'problem',
      message: `${explanation.message}; the headers SS-Auth-User and SS-Auth-Pw get through, but a Custom Store cannot count on ShipStation sending them`,
      advice: explanation.advice,
    };
  return { check, level: 'problem', ...explanation };
}

/** A poll for the orders of a window. */
export function judgeExport(url: URL, outcome: Outcome, window: string): VerifyFinding {
  const check = 'orders';
  const read = outcome.kind === 'answer' && outcome.status === 200 ? readOrdersAnswer(outcome) : undefined;
  if (read?.kind === 'spoilt') return { check, level: 'problem', ...read.explanation };
  if (read?.kind !== 'orders') return { check, level: 'problem', ...explainOutcome(url, outcome) };
  const found = `${counted(read.orders, 'order')} of ${window} on page 1 of ${read.pages}`;
  return timed({ check, level: 'ok', message: found }, outcome);
}

/** The same without credentials: nobody may get orders, and whoever waits for the challenge must get it. */
export function judgeNoPassword(url: URL, outcome: Outcome): VerifyFinding {
  const check = 'no password';
  const open = judgeOpen(check, outcome, 'without any password');
  if (open) return open;
  if (outcome.kind !== 'answer') return { check, level: 'warning', ...explainOutcome(url, outcome) };
  const isChallenge = outcome.status === 401 && /\bbasic\b/i.test(outcome.headers['www-authenticate'] ?? '');
  if (isBridgeProblem(outcome, PROBLEMS.unauthorized()))
    return {
      check,
      level: 'warning',
      message:
        'refused, but not as it should be: something in front puts a wrong password into every request',
      advice: 'let the Authorization header as ShipStation sends it',
    };
  if (isChallenge) return { check, level: 'ok', message: 'refused, and asked for a password' };
  const missing = outcome.status === 401 ? 'without the header WWW-Authenticate' : `with ${outcome.status}`;
  return {
    check,
    level: 'warning',
    message: `refused ${missing} instead of a challenge (401 and WWW-Authenticate: Basic)`,
    advice:
      'let the bridge’s own answer through: some clients send their password only when they are asked for it',
  };
}

/** The same with a wrong password. */
export function judgeWrongPassword(url: URL, outcome: Outcome): VerifyFinding {
  const check = 'wrong password';
  const open = judgeOpen(check, outcome, 'with any password');
  if (open) return open;
  if (outcome.kind !== 'answer') return { check, level: 'warning', ...explainOutcome(url, outcome) };
  const isRefused = outcome.status === 401 || outcome.status === 403 || outcome.status === 429;
  if (isRefused) return { check, level: 'ok', message: `refused (${outcome.status})` };
  return { check, level: 'warning', ...explainOutcome(url, outcome) };
}

/** A POST with XML, as notices come, but of an action that is a GET's: the bridge refuses it and writes nothing. */
export function judgePost(url: URL, outcome: Outcome): VerifyFinding {
  const check = 'notices';
  if (outcome.kind === 'answer' && isBridgeProblem(outcome, PROBLEMS.wrongMethod('export', 'GET')))
    return timed({ check, level: 'ok', message: 'a POST with XML gets through to the bridge' }, outcome);
  if (outcome.kind === 'answer' && outcome.status === 200 && readOrdersAnswer(outcome).kind === 'orders')
    return {
      check,
      level: 'problem',
      message: 'orders would come, but no shipments go: a POST arrives as a GET',
      advice: 'look for a rule of the web server that rewrites or redirects this address',
    };
  const { message, advice } = explainOutcome(url, outcome);
  return {
    check,
    level: 'problem',
    message: `orders would come, but no shipments go: a POST with XML gets ${message}`,
    advice,
  };
}

/** Whether an answer of this kind has come from the bridge at all, so that further questions are worth asking. */
export function isFromBridge(outcome: Outcome): outcome is Answer {
  if (outcome.kind !== 'answer') return false;
  return (
    bridgeSentence(outcome) !== undefined ||
    (outcome.status === 200 && readOrdersAnswer(outcome).kind !== 'none')
  );
}

function judgeOpen(check: VerifyCheck, outcome: Outcome, how: string): VerifyFinding | undefined {
  if (outcome.kind !== 'answer' || outcome.status !== 200 || readOrdersAnswer(outcome).kind === 'none')
    return undefined;
  return {
    check,
    level: 'problem',
    message: `orders are given to anybody, ${how}`,
    advice:
      'does the web server put the password into every request (proxy_set_header Authorization), or keep answers in a cache? Take that away. Else another program answers there',
  };
}

function timed(finding: VerifyFinding, { milliseconds }: Outcome): VerifyFinding {
  const facts = { milliseconds };
  if (milliseconds < SLOW_MS)
    return { ...finding, message: `${finding.message} (${milliseconds} ms)`, facts };
  return {
    ...finding,
    level: 'warning',
    message: `${finding.message}, but slowly: ${(milliseconds / 1000).toFixed(1)} seconds`,
    advice:
      'lower EXPORT_PAGE_SIZE, and look at the load of the database: ShipStation gives up after some time',
    facts,
  };
}
