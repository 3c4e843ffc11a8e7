/** What the bridge logs with; every line has a stable `event`. Never a credential, never a personal datum. */
export interface Log {
  info(line: LogLine, message: string): void;
  warn(line: LogLine, message: string): void;
  error(line: LogLine, message: string): void;
}

/** Logs nothing. */
export const NO_LOG: Log = { info() {}, warn() {}, error() {} };

/** A log whose every line has these fields as well. */
export function logWith(log: Log, fields: Readonly<Record<string, unknown>>): Log {
  return {
    info: (line, message) => log.info({ ...line, ...fields }, message),
    warn: (line, message) => log.warn({ ...line, ...fields }, message),
    error: (line, message) => log.error({ ...line, ...fields }, message),
  };
}

export type LogLine = { readonly event: string } & Readonly<Record<string, unknown>>;
