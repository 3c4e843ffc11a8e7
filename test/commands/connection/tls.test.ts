import { connect, createServer as createTcp } from 'node:net';
import { describe, expect, test } from 'vitest';
import { startEndpoint } from '../../server/endpoint.ts';
import { createAuthority, selfSigned } from '../../support/certificates.ts';
import {
  findingsOf,
  passTo,
  plainAddress,
  portOf,
  problemOf,
  tcpPort,
  tlsAddress,
  trustedAuthority,
} from './servers.ts';

const DAY_MS = 24 * 3600 * 1000;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS);

async function bridge() {
  return passTo((await startEndpoint()).port);
}

describe('a certificate', () => {
  test('that is good is shown with its end', async () => {
    const findings = await findingsOf(await tlsAddress(await bridge()));
    const end = inDays(90).toISOString().slice(0, 10);
    expect(findings).toContainEqual({
      check: 'TLS',
      level: 'ok',
      message: `TLSv1.3, a certificate by Test Authority until ${end}`,
    });
    expect(findings.filter(({ level }) => level === 'problem')).toEqual([]);
  });

  test('is good by way of one in between', async () => {
    const certificate = trustedAuthority.below('In Between').issue();
    const findings = await findingsOf(await tlsAddress(await bridge(), certificate));
    expect(findings.filter(({ level }) => level === 'problem')).toEqual([]);
  });

  test('that ends soon is a warning', async () => {
    const certificate = trustedAuthority.issue({ to: inDays(5) });
    const findings = await findingsOf(await tlsAddress(await bridge(), certificate));
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'TLS', level: 'warning', message: expect.stringContaining('soon') }),
    );
  });

  test.each([
    [
      'that has ended',
      () => trustedAuthority.issue({ from: inDays(-90), to: inDays(-2) }),
      `has ended on ${inDays(-2).toISOString().slice(0, 10)}`,
    ],
    ['that has not begun', () => trustedAuthority.issue({ from: inDays(3) }), 'begins only on'],
    ['that vouches for itself', () => selfSigned(), 'signed by itself'],
    [
      'of another name',
      () => trustedAuthority.issue({ names: ['shop.example.com', 'www.example.com'] }),
      'is for shop.example.com, www.example.com, not for localhost',
    ],
    [
      'without the one in between',
      () => {
        const { key, leaf } = trustedAuthority.below('In Between').issue();
        return { key, leaf, chain: leaf };
      },
      'by In Between, comes without those between',
    ],
    [
      'of an authority that nobody knows',
      () => createAuthority('Office').issue(),
      'by Office, comes without those between it and an authority that is known',
    ],
    [
      'of an authority that nobody knows, which is sent along',
      () => {
        const office = createAuthority('Office');
        const { key, leaf } = office.issue();
        return { key, leaf, chain: leaf + office.certificate };
      },
      'by Office, an authority that ShipStation does not know',
    ],
  ])('%s is a problem, and nothing is asked of the server', async (_, certificate, message) => {
    let asked = 0;
    const url = await tlsAddress((_request, response) => {
      asked += 1;
      response.end();
    }, certificate());
    const problem = await problemOf(url);
    expect(problem).toMatchObject({ check: 'TLS', message: expect.stringContaining(message) });
    expect(problem.advice).toMatch(/\S/);
    // The password has not been sent to whoever that is.
    expect(asked).toBe(0);
  });

  test('for an address instead of a name is told by its names', async () => {
    const port = new URL(await tlsAddress(await bridge())).port;
    const problem = await problemOf(`https://127.0.0.1:${port}/shipstation`);
    expect(problem.message).toBe('the certificate is for localhost, not for 127.0.0.1');
  });
});

describe('TLS', () => {
  test('of a version that is no longer used', async () => {
    const url = await tlsAddress(await bridge(), undefined, {
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    const problem = await problemOf(url);
    expect(problem).toMatchObject({ check: 'TLS', message: expect.stringContaining('below 1.2') });
  });

  test('that is plain HTTP', async () => {
    const url = await plainAddress(await bridge());
    const problem = await problemOf(url.replace('http://127.0.0.1', 'https://localhost'));
    expect(problem).toMatchObject({ check: 'TLS', message: 'the port speaks plain HTTP, not TLS' });
  });

  test('that is plain HTTP of a server that only closes the connection', async () => {
    const answering = Number(new URL(await plainAddress(await bridge())).port);
    const port = await portOf(
      createTcp((socket) => {
        socket.once('data', (first) => {
          if (first[0] === 0x16) return socket.destroy();
          const onward = connect(answering, '127.0.0.1', () => onward.write(first));
          onward.on('error', () => {});
          return onward.pipe(socket);
        });
      }),
    );
    expect((await problemOf(`https://localhost:${port}/`)).message).toBe(
      'the port speaks plain HTTP, not TLS',
    );
  });

  test.each<[string, (socket: import('node:net').Socket) => void, string]>([
    [
      'that is cut off',
      (socket) => socket.once('data', () => socket.destroy()),
      'ended the connection while TLS',
    ],
    ['that is cut off at once', (socket) => socket.destroy(), 'ended the connection while TLS'],
    ['that is something else', (socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n'), 'neither TLS nor HTTP'],
    ['that says nothing', () => {}, 'does not answer to TLS'],
  ])('%s', async (_, onConnection, message) => {
    const port = await tcpPort(onConnection);
    const problem = await problemOf(`https://localhost:${port}/shipstation`, { limitMs: 3_000 });
    expect(problem).toMatchObject({ check: 'TLS', message: expect.stringContaining(message) });
  });

  test('that asks callers for a certificate of their own', async () => {
    const url = await tlsAddress(await bridge(), undefined, {
      requestCert: true,
      rejectUnauthorized: true,
      ca: trustedAuthority.certificate,
    });
    expect((await problemOf(url)).advice).toContain('asks callers for a certificate of their own');
  });
});
