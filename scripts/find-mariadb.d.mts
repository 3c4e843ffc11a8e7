/** The MariaDB server program and the program that makes a data directory for it, looked for in `folders` in order. */
export function findMariaDb(folders?: readonly string[]): { server: string; installDb: string } | undefined;
