import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';

/** The process's log: one JSON object a line, on standard output unless elsewhere, each with a stable `event`. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    // Nothing logs these; should that ever change, they still do not get out.
    redact: ['password', '*.password', 'authorization', '*.authorization', 'headers', 'query', 'body'],
    serializers: { err: describeError },
  };
  return destination ? pino(options, destination) : pino(options);
}

/**
 * An error without what may be personal: mysql2's errors carry the whole statement, and the server's message quotes
 * values.
 */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, errno } = error as { code?: unknown; errno?: unknown };
  const isOfDatabase = 'sql' in error || 'sqlMessage' in error;
  return {
    type: error.name,
    code,
    errno,
    message: isOfDatabase ? undefined : error.message,
    // The frames alone: the first lines of a stack repeat the message.
    stack: error.stack?.split('\n').filter((frame) => frame.startsWith('    at ')),
    cause: error.cause === undefined ? undefined : describeError(error.cause),
  };
}
