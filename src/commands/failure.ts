import { adviceForDatabase } from '../bridge/database-advice.ts';
import { NotReady } from '../bridge/not-ready.ts';
import { InvalidConfig } from '../config/read-config.ts';
import { StoreNotFound } from '../cscart/store/store-shape.ts';
import { DatabaseUnavailable, describeDatabaseError, isDatabaseError } from '../database/database-errors.ts';
import { LedgerMissing } from '../ledger/schema.ts';

/** A command cannot do what it was asked to do. The message is one sentence for the admin: what is wrong, what to do. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
  /** 1: it looked, and the answer is no; 2: it could not even look. */
  readonly exitCode: 1 | 2;

  constructor(sentence: string, { exitCode = 1, cause }: { exitCode?: 1 | 2; cause?: unknown } = {}) {
    super(sentence, { cause });
    this.exitCode = exitCode;
  }
}

/**
 * Runs a command that only looks. Whatever can keep it from looking ends with 2, so that 1 is left for what it saw: throws
 * {@link CommandFailed} for everything that {@link explainFailure} knows.
 */
export async function orCouldNotRun(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const sentence = error instanceof CommandFailed ? undefined : explainFailure(error);
    if (sentence === undefined) throw error;
    throw new CommandFailed(sentence, { exitCode: 2, cause: error });
  }
}

/**
 * What the admin reads instead of a stack trace, for everything that a wrong setting, a missing right or an absent
 * database can bring about; `undefined` for what nobody foresaw.
 */
export function explainFailure(error: unknown): string | undefined {
  if (error instanceof InvalidConfig)
    return `${error.message}\nEach variable is explained in .env.example; "cscart-shipstation check" looks at the rest, too.`;
  if (
    error instanceof CommandFailed ||
    error instanceof NotReady ||
    error instanceof StoreNotFound ||
    error instanceof LedgerMissing
  )
    return error.message;
  if (error instanceof DatabaseUnavailable) return `${error.message}; ${adviceForDatabase(error.message)}`;
  if (isDatabaseError(error))
    return `the database refuses a statement: ${describeDatabaseError(error)}; "cscart-shipstation check" says what is missing`;
  return undefined;
}

/** The exit code of a command that ended with an error that {@link explainFailure} knows. */
export function exitCodeOf(error: unknown): 1 | 2 {
  if (error instanceof CommandFailed) return error.exitCode;
  // A configuration was looked at, and found wrong; without its database a command could not even look.
  return error instanceof InvalidConfig ? 1 : 2;
}
