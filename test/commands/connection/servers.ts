import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  request,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { verify } from '../../../src/commands/connection/verify.ts';
import type { VerifyFinding } from '../../../src/commands/connection/verify-finding.ts';
import { PASSWORD, startEndpoint, USERNAME } from '../../server/endpoint.ts';
import { type Certificate, createAuthority } from '../../support/certificates.ts';

/** The one authority that the tests trust. */
export const trustedAuthority = createAuthority('Test Authority');

type VerifyConfig = Parameters<typeof verify>[1];

const CONFIG: VerifyConfig = {
  credentials: { username: USERNAME, passwords: [PASSWORD] },
  vocabulary: 'custom-store',
};

interface VerifyTestOptions {
  readonly config?: Partial<VerifyConfig>;
  readonly limitMs?: number;
}

/** All findings about an address. */
export async function findingsOf(
  url: string,
  { config = {}, limitMs = 20_000 }: VerifyTestOptions = {},
): Promise<readonly VerifyFinding[]> {
  const options = { limitMs, trusted: [trustedAuthority.certificate] };
  const findings: VerifyFinding[] = [];
  for await (const finding of verify(url, { ...CONFIG, ...config }, options)) findings.push(finding);
  return findings;
}

/** The one problem with an address, as `check: message`; throws when there is none or more. */
export async function problemOf(url: string, options?: VerifyTestOptions): Promise<VerifyFinding> {
  const findings = await findingsOf(url, options);
  const [problem, ...more] = findings.filter(({ level }) => level === 'problem');
  if (problem === undefined || more.length > 0)
    throw new Error(
      `not one problem:\n${findings.map(({ check, message }) => `${check}: ${message}`).join('\n')}`,
    );
  return problem;
}

/** Listens on loopback until the test is over, and gives the port. */
export async function portOf(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port; // listening on TCP
}

/** An address of plain HTTP at which this listener answers. */
export async function plainAddress(listener: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await portOf(createServer(listener))}/shipstation`;
}

/** An address of TLS at which this listener answers. */
export async function tlsAddress(
  listener: RequestListener,
  certificate: Certificate = trustedAuthority.issue(),
  options: ServerOptions = {},
): Promise<string> {
  const server = createTlsServer({ key: certificate.key, cert: certificate.chain, ...options }, listener);
  server.on('tlsClientError', () => {});
  return `https://localhost:${await portOf(server)}/shipstation`;
}

/** A port that takes connections and leaves the rest to the test. */
export async function tcpPort(onConnection: (socket: Socket) => void): Promise<number> {
  return portOf(createTcpServer(onConnection));
}

export interface Passing {
  /** Changes what goes on to the bridge. */
  readonly change?: (asked: { method: string; path: string; headers: Record<string, string> }) => void;
  /** Changes what comes back; gives what goes out. */
  readonly answer?: (answer: { status: number; headers: Record<string, string>; body: Buffer }) => void;
  /** Answers in the bridge's place; gives whether it did. */
  readonly instead?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

/** A proxy before a port of this machine that does with requests and answers what a test says. */
export function passTo(port: number, { change, answer, instead }: Passing = {}): RequestListener {
  return (incoming, outgoing) => {
    if (instead?.(incoming, outgoing)) return;
    const headers = Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
    );
    const asked = { method: incoming.method ?? 'GET', path: incoming.url ?? '/', headers };
    change?.(asked);
    const passed = request({ host: '127.0.0.1', port, ...asked }, (came) => {
      const chunks: Buffer[] = [];
      came.on('data', (chunk: Buffer) => chunks.push(chunk));
      came.on('end', () => {
        const back = {
          status: came.statusCode ?? 0,
          headers: Object.fromEntries(
            Object.entries(came.headers).map(([name, value]) => [name, String(value)]),
          ),
          body: Buffer.concat(chunks),
        };
        answer?.(back);
        const { 'transfer-encoding': _, 'content-length': __, connection: ___, ...kept } = back.headers;
        outgoing.writeHead(back.status, { 'content-length': back.body.length, ...kept }).end(back.body);
      });
    });
    passed.on('error', () =>
      outgoing
        .writeHead(502, { 'content-type': 'text/html' })
        .end('<html><title>502 Bad Gateway</title></html>'),
    );
    incoming.pipe(passed);
  };
}

/** What the bridge of a test does, and its settings. */
export type BridgeOptions = Parameters<typeof startEndpoint>;

/** A bridge behind a web server with TLS that does with requests and answers what a test says. */
export async function behind(passing: Passing, ...bridge: BridgeOptions): Promise<string> {
  return tlsAddress(passTo((await startEndpoint(...bridge)).port, passing));
}
