export interface MariaDbBinary {
  readonly server: string;
  /** The SQL files that make the system tables, without any account, in the order in which they run. */
  readonly systemTables: readonly string[];
}

/** The MariaDB server of this machine, looked for in `folders` in order; its SQL files beside it or in `shareFolders`. */
export function findMariaDb(
  folders?: readonly string[],
  shareFolders?: readonly string[],
): MariaDbBinary | undefined;
