import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** The wire between a bridge and its database server, with somebody who reads along and can cut it. */
export interface StatementProxy {
  readonly port: number;
  /**
   * Called with each statement, without a comment at its beginning, before the server gets it (`asked`), and with its text again when the server has answered
   * and the client has not got that yet (`answered`). What it does at once happens at that very point; while a promise that it
   * gives is open, nothing goes on on that connection. `drop` loses the message instead of passing it on.
   */
  onStatement: (
    statement: string,
    point: 'asked' | 'answered',
  ) => undefined | 'drop' | Promise<undefined | 'drop'>;
  /** Ends all connections at once, as a network does that fails. */
  cut(): void;
  /** From now on nothing passes on the connections that there are, and neither side is told: something in between hangs. */
  hush(): void;
  /** While refused, new connections end at once. */
  refuse(isRefused: boolean): void;
  close(): Promise<void>;
}

const COM_QUERY = 3;
const HEADER_BYTES = 4;

/**
 * Listens on a free port of 127.0.0.1 and passes everything on to `serverPort`. Statements are told by MySQL's packets: a
 * client sends one at a time on a connection and waits for the answer. No statement of a bridge's own is longer than one packet
 * of 16 MB.
 */
export async function startStatementProxy(serverPort: number): Promise<StatementProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  const hushes = new Set<() => void>();
  let isRefused = false;
  const proxy: { onStatement: StatementProxy['onStatement'] } = { onStatement: () => undefined };

  const listener = createServer((client) => {
    if (isRefused) {
      client.destroy();
      return;
    }
    const server = connect(serverPort, '127.0.0.1');
    const pair = [client, server] as const;
    pairs.add(pair);
    let isHushed = false;
    const hush = () => {
      isHushed = true;
    };
    hushes.add(hush);
    let current: string | undefined;
    /** One after the other, so that nothing overtakes what is held. */
    let inOrder: Promise<unknown> = Promise.resolve();
    // What one side sent before it died still arrives, and what is held keeps the connection: so does a real network.
    const end = () =>
      void inOrder.then(() => {
        client.destroySoon();
        server.destroySoon();
        pairs.delete(pair);
        hushes.delete(hush);
      });
    for (const socket of pair) {
      socket.setNoDelay(true);
      socket.on('error', () => socket.destroy()).on('close', end);
    }
    const pass = (to: Socket, bytes: Buffer, decide: () => ReturnType<StatementProxy['onStatement']>) => {
      inOrder = inOrder.then(async () => {
        if ((await decide()) === 'drop') return;
        if (!to.destroyed && !isHushed) to.write(bytes);
      });
    };
    const packets = packetReader();
    client.on('data', (chunk: Buffer) => {
      for (const packet of packets(chunk)) {
        const isQuery = packet[HEADER_BYTES] === COM_QUERY && packet[3] === 0;
        if (!isQuery) {
          pass(server, packet, () => undefined);
          continue;
        }
        const statement = packet.toString('utf8', HEADER_BYTES + 1).replace(/^\/\*.*?\*\/ /, '');
        pass(server, packet, () => {
          current = statement;
          return proxy.onStatement(statement, 'asked');
        });
      }
    });
    server.on('data', (chunk: Buffer) => {
      pass(client, chunk, () => {
        const answered = current;
        current = undefined;
        return answered === undefined ? undefined : proxy.onStatement(answered, 'answered');
      });
    });
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('a proxy without a port');

  const cut = () => {
    for (const [client, server] of pairs) {
      client.destroy();
      server.destroy();
    }
    pairs.clear();
  };
  return Object.assign(proxy, {
    port: address.port,
    cut,
    hush() {
      for (const hush of hushes) hush();
    },
    refuse(refused: boolean) {
      isRefused = refused;
    },
    async close() {
      listener.close();
      cut();
      await once(listener, 'close');
    },
  });
}

/** Puts whole packets together, each with its header of three bytes of length and one of sequence. */
function packetReader(): (chunk: Buffer) => readonly Buffer[] {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const packets: Buffer[] = [];
    while (rest.length >= HEADER_BYTES) {
      const end = HEADER_BYTES + rest.readUIntLE(0, 3);
      if (rest.length < end) break;
      packets.push(rest.subarray(0, end));
      rest = rest.subarray(end);
    }
    return packets;
  };
}
