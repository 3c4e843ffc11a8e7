import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { VERSION } from '../../version.ts';

/** Where requests go: an address that is known to take connections, by the name that the URL has. */
export interface Target {
  readonly url: URL;
  readonly address: string;
  /** Certificates that are trusted beside those that Node knows, as PEM. */
  readonly trusted?: readonly string[] | undefined;
}

export interface Call {
  readonly method: 'GET' | 'POST';
  /** Path and query, as they go out. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/** What came back, or why nothing did. */
export type Outcome = Answer | NoAnswer;

export interface Answer {
  readonly kind: 'answer';
  readonly status: number;
  /** By small letters; several of one name are joined. */
  readonly headers: Readonly<Record<string, string>>;
  /** As it arrived: compressed, if it was. */
  readonly body: Buffer;
  /** Whether all of it arrived that was announced. */
  readonly isWhole: boolean;
  readonly milliseconds: number;
}

export interface NoAnswer {
  readonly kind: 'no answer';
  /** Of Node's error; `TIMEOUT` where the time was up. */
  readonly code: string;
  readonly milliseconds: number;
}

// A page of five hundred long orders has two megabytes; what is larger is none.
const LARGEST_ANSWER = 32 * 1024 * 1024;

/** Sends one request on a connection of its own, follows nothing, and never throws. Gives up after `limitMs`. */
export function call({ url, address, trusted }: Target, asked: Call, limitMs: number): Promise<Outcome> {
  const startedAt = performance.now();
  const elapsed = () => Math.round(performance.now() - startedAt);
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  const options: RequestOptions & { servername?: string; ca?: string[] } = {
    host: address,
    port: portOf(url),
    method: asked.method,
    path: asked.path,
    headers: {
      host: url.host,
      'user-agent': `cscart-shipstation/${VERSION}`,
      accept: '*/*',
      connection: 'close',
      ...(asked.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(asked.body)) }),
      ...asked.headers,
    },
    agent: false,
    ...(isIP(hostname) > 0 ? {} : { servername: hostname }),
    ...(trusted === undefined ? {} : { ca: [...trusted] }),
  };
  return new Promise((resolve) => {
    const sent = (url.protocol === 'https:' ? httpsRequest : httpRequest)(options);
    let isOver = false;
    const finish = (outcome: Outcome) => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      sent.destroy();
      resolve(outcome);
    };
    const fail = (code: string) => finish({ kind: 'no answer', code, milliseconds: elapsed() });
    // An answer that has begun is shown as far as it came.
    let cut = () => fail('TIMEOUT');
    const timer = setTimeout(() => cut(), limitMs);
    sent.on('error', (error) => fail(codeOf(error)));
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const end = (isWhole: boolean) =>
        finish({
          kind: 'answer',
          status: response.statusCode ?? 0,
          headers: joined(response.headers),
          body: Buffer.concat(chunks),
          isWhole,
          milliseconds: elapsed(),
        });
      cut = () => end(false);
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size > LARGEST_ANSWER) end(false);
      });
      response.on('end', () => end(response.complete));
      response.on('error', () => end(false));
    });
    sent.end(asked.body);
  });
}

/** The port that a URL means. */
export function portOf(url: URL): number {
  return Number(url.port || (url.protocol === 'https:' ? 443 : 80));
}

/** The code of an error of Node's network modules, or else its message. */
export function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}

function joined(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? []].flat().join(', ')]),
  );
}
