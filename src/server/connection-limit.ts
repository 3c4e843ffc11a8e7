import type { Server, Socket } from 'node:net';
import type { Log } from '../bridge/log.ts';
import { clientNetwork } from './client-address.ts';
import type { Limits } from './limits.ts';
import { createRequestCounts } from './request-counts.ts';

/**
 * Closes connections beyond what the server is to hold: of all clients together, and of one client, which could else take
 * them all. A line is logged once a minute for each client.
 *
 * @param mayBeProxy whether an address may have the connections of many clients
 * @param now milliseconds of a clock that never goes back
 */
export function limitConnections(
  server: Server,
  { connections, connectionsOfOne }: Pick<Limits, 'connections' | 'connectionsOfOne'>,
  {
    mayBeProxy,
    log,
    now,
  }: {
    readonly mayBeProxy: (address: string) => boolean;
    readonly log: Log;
    readonly now: () => number;
  },
): void {
  const open = new Map<string, number>();
  const closed = createRequestCounts(now);
  const tell = (address: string, limit: number) => {
    if (closed.add(address).count === 1)
      log.warn(
        { event: 'connection.refused', address, limit },
        'too many connections at once: one more is closed',
      );
  };

  server.maxConnections = connections;
  server.on('drop', (drop) => tell(clientNetwork(drop?.remoteAddress ?? ''), connections));
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    if (mayBeProxy(address)) return;
    const client = clientNetwork(address);
    const count = (open.get(client) ?? 0) + 1;
    if (count > connectionsOfOne) {
      socket.destroy();
      tell(client, connectionsOfOne);
      return;
    }
    open.set(client, count);
    socket.once('close', () => {
      const left = (open.get(client) ?? 1) - 1;
      if (left > 0) open.set(client, left);
      else open.delete(client);
    });
  });
}
