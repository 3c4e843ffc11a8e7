import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { ConnectionError } from 'fastify';
import type { Log } from '../bridge/log.ts';
import { clientNetwork } from './client-address.ts';
import { createRequestCounts } from './request-counts.ts';

// As for others who do not get in: enough to see what is tried, too few to fill a disk.
const LINES_PER_MINUTE = 60;

/**
 * Makes what answers a request that is no HTTP or does not arrive in time: in HTTP all the same, in plain text like every
 * other, and with an id that its line in the log has, too. The address in the line is that of the connection, which can be
 * a proxy's: whatever the request says of itself could not be read.
 *
 * @param now milliseconds of a clock that never goes back
 */
export function createBrokenRequestAnswer(
  log: Log,
  now: () => number,
): (error: ConnectionError, socket: Socket) => void {
  const lines = createRequestCounts(now);

  return (error, socket) => {
    if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return;
    const { status, reason, sentence } = problemOf(error);
    const requestId = randomUUID();
    const address = socket.remoteAddress ?? 'unknown';
    if (lines.add(clientNetwork(address)).count <= LINES_PER_MINUTE)
      log.warn({ event: 'request.broken', requestId, status, address }, 'what came is no request');
    const head = [
      `HTTP/1.1 ${status} ${reason}`,
      'content-type: text/plain; charset=utf-8',
      `content-length: ${Buffer.byteLength(sentence)}`,
      `x-request-id: ${requestId}`,
      'connection: close',
    ];
    socket.end(`${head.join('\r\n')}\r\n\r\n${sentence}`);
  };
}

function problemOf({ code }: ConnectionError) {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { status: 408, reason: 'Request Timeout', sentence: 'The request took too long to arrive.' };
    case 'HPE_HEADER_OVERFLOW':
      return {
        status: 431,
        reason: 'Request Header Fields Too Large',
        sentence: 'The request headers are too large.',
      };
    default:
      return { status: 400, reason: 'Bad Request', sentence: 'The request could not be read.' };
  }
}
