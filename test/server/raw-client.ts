import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

/** A client that says and takes bytes as it likes. */
export interface RawClient {
  send(bytes: string): void;
  /** Sends one byte after the other, with a pause behind each, until the server hangs up. */
  drip(bytes: string, pauseMs: number): Promise<void>;
  /** All that has been taken so far. */
  readonly received: () => string;
  readonly bytesTaken: () => number;
  /** Takes nothing more; what has come already lies in the system's buffers. */
  stopReading(): void;
  startReading(): void;
  /** Resolves when the connection is over, however that came. */
  readonly over: Promise<void>;
  readonly isOver: () => boolean;
  hangUp(): void;
}

/** Connects to a port of this machine. Hangs up when the test is over. */
export function rawClient(port: number): RawClient {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  let isOver = false;
  socket.on('data', (chunk: Buffer) => void chunks.push(chunk));
  // Cut off while it sends: what the test is about.
  socket.on('error', () => undefined);
  const over = new Promise<void>((resolve) => {
    socket.once('close', () => {
      isOver = true;
      resolve();
    });
  });
  onTestFinished(() => void socket.destroy());
  return {
    send: (bytes) => void socket.write(bytes),
    async drip(bytes, pauseMs) {
      for (const byte of bytes) {
        if (isOver) return;
        socket.write(byte);
        await sleep(pauseMs);
      }
    },
    received: () => Buffer.concat(chunks).toString(),
    bytesTaken: () => chunks.reduce((sum, { length }) => sum + length, 0),
    stopReading: () => void socket.pause(),
    startReading: () => void socket.resume(),
    over,
    isOver: () => isOver,
    hangUp: () => void socket.destroy(),
  };
}
