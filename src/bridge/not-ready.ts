import { StoreNotFound } from '../cscart/store/store-shape.ts';
import { isShapeChanged, missingRight } from '../database/database-errors.ts';
import { LedgerMissing } from '../ledger/schema.ts';

/** The bridge cannot work with the database as it is, until the admin mends something. The message says what. */
export class NotReady extends Error {
  override readonly name = 'NotReady';
}

/** Calls `work`, and turns what only the admin can mend into {@link NotReady}. */
export async function orNotReady<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StoreNotFound || error instanceof LedgerMissing)
      throw new NotReady(error.message, { cause: error });
    const right = missingRight(error);
    if (right !== undefined) {
      throw new NotReady(
        `the database account has no right to ${right}; "cscart-shipstation install --print" prints all that it needs`,
        { cause: error },
      );
    }
    if (isShapeChanged(error)) {
      throw new NotReady('a table or column that the bridge needs is missing in the database', {
        cause: error,
      });
    }
    throw error;
  }
}
