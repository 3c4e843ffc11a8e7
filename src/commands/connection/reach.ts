import { lookup } from 'node:dns/promises';
import { connect as connectTcp, isIP, isIPv6 } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { call, codeOf, portOf } from './call.ts';
import { shortened } from './page-kind.ts';

/** How far one gets on the way to a server, before anything is asked of it. */
export interface Reach {
  /** What its name stands for; a code where the name could not be looked up. */
  readonly addresses: readonly AddressTried[] | { readonly code: string };
  /** Of the first address that takes connections, where the URL begins with https. */
  readonly tls?: TlsTried | undefined;
}

export interface AddressTried {
  readonly address: string;
  /** Why it takes no connection. */
  readonly code?: string | undefined;
}

export interface TlsTried {
  /** Why no safe connection was made, or why the certificate cannot be trusted. */
  readonly code?: string | undefined;
  /** Such as `TLSv1.3`. */
  readonly protocol?: string | undefined;
  readonly certificate?: SeenCertificate | undefined;
  /** Whether the port understands plain HTTP instead. */
  readonly isPlainHttp?: boolean | undefined;
}

interface SeenCertificate {
  /** The names that it is for. */
  readonly names: readonly string[];
  readonly issuer: string;
  readonly validFrom: Date;
  readonly validTo: Date;
}

interface ReachOptions {
  readonly limitMs: number;
  readonly trusted?: readonly string[] | undefined;
}

/** Looks up the name, connects to every address, and looks at the certificate; sends nothing. Never throws. */
export async function reach(url: URL, { limitMs, trusted }: ReachOptions): Promise<Reach> {
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  const found = await addressesOf(hostname, limitMs);
  if ('code' in found) return { addresses: found };
  const addresses = await Promise.all(found.map((address) => tryAddress(address, portOf(url), limitMs)));
  const open = addresses.find(({ code }) => code === undefined);
  if (url.protocol !== 'https:' || open === undefined) return { addresses };
  const tls = await tryTls({ address: open.address, port: portOf(url), hostname, trusted }, limitMs);
  if (tls.code === undefined || tls.certificate !== undefined) return { addresses, tls };
  const plain = new URL(url);
  plain.protocol = 'http:';
  plain.port = String(portOf(url));
  const answer = await call(
    { url: plain, address: open.address },
    { method: 'GET', path: '/', headers: {} },
    limitMs,
  );
  return { addresses, tls: { ...tls, isPlainHttp: answer.kind === 'answer' } };
}

/** Node's own look-up cannot be ended, and waits for a silent name server for half a minute. */
async function addressesOf(hostname: string, limitMs: number): Promise<readonly string[] | { code: string }> {
  if (isIP(hostname) > 0) return [hostname];
  try {
    const found = await Promise.race([
      lookup(hostname, { all: true }),
      sleep(limitMs, undefined, { ref: false }),
    ]);
    return found?.map(({ address }) => address) ?? { code: 'TIMEOUT' };
  } catch (error) {
    return { code: error instanceof Error ? codeOf(error) : 'unknown' };
  }
}

function tryAddress(address: string, port: number, limitMs: number): Promise<AddressTried> {
  return new Promise((resolve) => {
    const socket = connectTcp({ host: address, port });
    const finish = (code?: string) => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ address, code });
    };
    const timer = setTimeout(() => finish('TIMEOUT'), limitMs);
    socket.on('connect', () => finish());
    socket.on('error', (error) => finish(codeOf(error)));
  });
}

interface TlsTarget {
  readonly address: string;
  readonly port: number;
  readonly hostname: string;
  readonly trusted?: readonly string[] | undefined;
}

function tryTls({ address, port, hostname, trusted }: TlsTarget, limitMs: number): Promise<TlsTried> {
  return new Promise((resolve) => {
    const socket = connectTls({
      host: address,
      port,
      ...(isIP(hostname) > 0 ? {} : { servername: hostname }),
      ...(trusted === undefined ? {} : { ca: [...trusted] }),
      // Nothing is sent on this connection: it is there to see the certificate, above all one that is bad.
      rejectUnauthorized: false,
    });
    const finish = (tried: TlsTried) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(tried);
    };
    const timer = setTimeout(() => finish({ code: 'TIMEOUT' }), limitMs);
    socket.on('error', (error) => finish({ code: codeOf(error) }));
    socket.on('secureConnect', () =>
      finish({
        // Typed as an error, but Node gives its code.
        code: socket.authorized ? undefined : String(socket.authorizationError),
        protocol: socket.getProtocol() ?? undefined,
        certificate: certificateOf(socket),
      }),
    );
  });
}

function certificateOf(socket: TLSSocket): SeenCertificate | undefined {
  const certificate = socket.getPeerCertificate();
  // Node gives an empty object where there is none.
  if (certificate.raw === undefined) return undefined;
  const names = (certificate.subjectaltname ?? '')
    .split(/, ?/)
    .map((name) => shortened(name.replace(/^[^:]*:/, '')));
  return {
    names: names.some((name) => name !== '') ? names : [textOf(certificate.subject.CN)],
    issuer: textOf(certificate.issuer.O) || textOf(certificate.issuer.CN) || 'somebody without a name',
    validFrom: new Date(certificate.valid_from),
    validTo: new Date(certificate.valid_to),
  };
}

function textOf(part: string | string[] | undefined): string {
  return shortened([part ?? []].flat().join(', '));
}

/** Whether this machine itself has no way to an address: no fault of the server. */
export function isOwnLack({ address, code }: AddressTried): boolean {
  return isIPv6(address) && (code === 'ENETUNREACH' || code === 'EADDRNOTAVAIL' || code === 'EHOSTUNREACH');
}
