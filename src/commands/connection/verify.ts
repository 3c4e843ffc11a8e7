import { randomBytes } from 'node:crypto';
import type { Config } from '../../config/config.ts';
import { formatDate } from '../../shipstation/dates.ts';
import type { Vocabulary } from '../../shipstation/wire-words.ts';
import { createEpochSeconds, type EpochSeconds, nowInSeconds } from '../../values/epoch-seconds.ts';
import { type Call, call, type Outcome, type Target } from './call.ts';
import {
  isFromBridge,
  judgeExport,
  judgeNoPassword,
  judgePost,
  judgeTest,
  judgeWrongPassword,
} from './judge-outcomes.ts';
import { judgeAddress, judgeReach } from './judge-reach.ts';
import { reach } from './reach.ts';
import type { VerifyFinding } from './verify-finding.ts';

export interface VerifyOptions {
  /** How long one answer may take. */
  readonly limitMs: number;
  /** Certificates that are trusted beside those that Node knows, as PEM. */
  readonly trusted?: readonly string[] | undefined;
}

// To look up a name and to connect is a matter of milliseconds; packets that are dropped would take minutes.
const LONGEST_CONNECT_MS = 10_000;
const WINDOW_SECONDS = 24 * 3600;

/**
 * Calls the endpoint at its public address as ShipStation would, and judges what comes back, finding by finding. It ends
 * with the first thing that makes the rest pointless. Nothing is written into the store; the bridge keeps the export as it
 * keeps every other. Never throws for what a server does.
 */
export async function* verify(
  publicUrl: string,
  config: Pick<Config, 'credentials' | 'vocabulary'>,
  { limitMs, trusted }: VerifyOptions,
): AsyncGenerator<VerifyFinding> {
  const url = askedAddress(publicUrl, config.vocabulary);
  yield* judgeAddress(url);
  const reached = await reach(url, { limitMs: Math.min(limitMs, LONGEST_CONNECT_MS), trusted });
  const ofReach = judgeReach(url, reached, new Date());
  yield* ofReach;
  if (ofReach.some(({ level }) => level === 'problem') || 'code' in reached.addresses) return;
  const address = reached.addresses.find(({ code }) => code === undefined)?.address ?? url.hostname;
  const target: Target = { url, address, trusted };
  const ask = (asked: Partial<Call> & { readonly parameters: string }): Promise<Outcome> =>
    call(
      target,
      { method: 'GET', headers: {}, ...asked, path: withParameters(url, asked.parameters) },
      limitMs,
    );

  const { username, passwords } = config.credentials;
  const password = passwords[0] ?? '';
  const right = basic(username, password);
  const test = await ask({ parameters: 'action=export', headers: right });
  const isRefused = test.kind === 'answer' && test.status === 401;
  const withHeaders = isRefused
    ? await ask({ parameters: 'action=export', headers: pluginHeaders(username, password) })
    : undefined;
  const ofTest = judgeTest(url, test, withHeaders);
  yield ofTest;
  if (ofTest.level === 'problem' || !isFromBridge(test)) return;

  yield judgeExport(
    url,
    await ask({ parameters: lastDay(nowInSeconds()), headers: right }),
    'the last 24 hours',
  );
  yield judgeNoPassword(url, await ask({ parameters: 'action=export' }));
  const wrong = basic(username, randomBytes(18).toString('base64url'));
  yield judgeWrongPassword(url, await ask({ parameters: 'action=export', headers: wrong }));
  yield judgePost(
    url,
    await ask({
      method: 'POST',
      parameters: 'action=export',
      headers: { ...right, 'content-type': 'text/xml' },
      body: '<?xml version="1.0" encoding="utf-8"?><ShipNotice><OrderNumber>0</OrderNumber></ShipNotice>',
    }),
  );
}

/** The address that ShipStation asks: the Custom Store asks the one that it was given, the CS-Cart tile below that of the store. */
function askedAddress(publicUrl: string, vocabulary: Vocabulary): URL {
  const url = new URL(publicUrl);
  if (vocabulary === 'custom-store') return url;
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/`;
  url.search = '?dispatch=shipstation';
  return url;
}

function withParameters({ pathname, search }: URL, parameters: string): string {
  return `${pathname}${search === '' ? '?' : `${search}&`}${parameters}`;
}

function lastDay(now: EpochSeconds): string {
  const start = wireDate(createEpochSeconds(now - WINDOW_SECONDS));
  return `action=export&start_date=${start}&end_date=${wireDate(now)}&page=1`;
}

/** As ShipStation writes it: hex digits in small letters, and a plus for the blank. */
function wireDate(instant: EpochSeconds): string {
  return encodeURIComponent(formatDate(instant))
    .replaceAll('%20', '+')
    .replaceAll(/%[\dA-F]{2}/g, (escaped) => escaped.toLowerCase());
}

function basic(username: string, password: string): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
}

/** The headers that ShipStation's own plugins read. In them only what HTTP can carry arrives unharmed. */
function pluginHeaders(username: string, password: string): Record<string, string> {
  const isPlain = /^[\x20-\x7e]*$/.test(username + password);
  return isPlain ? { 'ss-auth-user': username, 'ss-auth-pw': password } : {};
}
