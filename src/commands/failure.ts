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
  if (error instanceof DatabaseUnavailable) return `${error.message}; ${adviceFor(error.message)}`;
  if (isDatabaseError(error))
    return `the database refuses a statement: ${describeDatabaseError(error)}; "cscart-shipstation check" says what is missing`;
  return undefined;
}

/** What to do about a database that cannot answer, by the code that its error has. */
function adviceFor(message: string): string {
  if (/ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT/.test(message))
    return 'does it run, and are host and port in CSCART_DATABASE_URL right?';
  if (/ENOTFOUND|EAI_AGAIN/.test(message)) return 'the host in CSCART_DATABASE_URL is not known here';
  if (/ENOENT/.test(message)) return 'the socket in CSCART_DATABASE_URL is not there';
  if (/1045/.test(message)) return 'are user and password in CSCART_DATABASE_URL right?';
  if (/1044|1049/.test(message))
    return 'is the name of the database in CSCART_DATABASE_URL right, and may the account use it?';
  return 'try again in a moment';
}
