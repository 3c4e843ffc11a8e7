/** How much, and for how long, the endpoint takes of a client; each with its reason at {@link LIMITS}. */
export type Limits = Readonly<Record<keyof typeof LIMITS, number>>;

export const LIMITS = {
  // A notice is a few kilobytes; ten thousand items of the longest texts still fit.
  bodyBytes: 4 * 1024 * 1024,
  // A client that needs longer for a few kilobytes is broken, or is there to hold a connection.
  requestMs: 30_000,
  // Must be the smaller one: where Node's default of a minute stays, it exchanges the two limits in silence.
  headersMs: 10_000,
  // Node looks for such clients every half minute, so that they would get up to twice their time.
  lookForSlowMs: 1_000,
  // Longer than a statement may take at the database, so that a slow page still gets its answer.
  silentSocketMs: 90_000,
  // Longer than the minute for which proxies keep idle connections, so that it is they who close them.
  keepAliveMs: 65_000,
  // ShipStation has given a page up long before. Whoever takes a little from time to time is never silent.
  takeAnswerMs: 120_000,
  // ShipStation and a proxy need a handful; so many cost some ten megabytes.
  connections: 1_000,
  // Of one client on the internet; what may be a proxy has the connections of many clients.
  connectionsOfOne: 200,
};
