/** What the bridge logs with; every line has a stable `event`. Never a credential, never a personal datum. */
export interface Log {
  info(line: LogLine, message: string): void;
  warn(line: LogLine, message: string): void;
  error(line: LogLine, message: string): void;
}

export type LogLine = { readonly event: string } & Readonly<Record<string, unknown>>;
