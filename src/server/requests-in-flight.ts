import type { Server } from 'node:http';

/** Counts the requests that a server has begun to take and not yet answered in full. Gives how many there are now. */
export function countInFlight(server: Server): () => number {
  let inFlight = 0;
  server.on('request', (_request, response) => {
    inFlight += 1;
    // Once for each, whether the answer was taken or the connection was lost.
    response.once('close', () => {
      inFlight -= 1;
    });
  });
  return () => inFlight;
}
