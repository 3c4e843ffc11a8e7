import type { Finding } from '../../bridge/check-store/finding.ts';

/** What `connect --verify` looks at, in this order. Stable: machines read it. */
export type VerifyCheck =
  | 'address'
  | 'name'
  | 'connection'
  | 'TLS'
  | 'test connection'
  | 'orders'
  | 'no password'
  | 'wrong password'
  | 'notices';

export type VerifyFinding = Finding<VerifyCheck>;

/** What is wrong with an answer, and what to do about it. */
export interface Explanation {
  readonly message: string;
  readonly advice: string;
}
