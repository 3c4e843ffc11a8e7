import { clientNetwork } from './client-address.ts';
import { createRequestCounts } from './request-counts.ts';

/** What a request has brought along: no credentials at all, wrong ones, or those of an account. */
export type Brought = 'none' | 'wrong' | { readonly account: string };

/** What becomes of a request, before anything else is done with it. */
export type Verdict =
  | { readonly kind: 'admitted' }
  /** Asked for credentials, with the challenge. */
  | { readonly kind: 'challenged' }
  /** Sent away for so many seconds. */
  | { readonly kind: 'refused'; readonly seconds: number; readonly because: 'wrong' | 'many' };

/** Who gets in; see decision 15. */
export interface Access {
  /** Judges a request for ShipStation's endpoint. */
  readonly judge: (brought: Brought, address: string) => Verdict;
  /** Judges one for an address that does not exist: a stranger who tries many of them is refused as one who guesses. */
  readonly judgeStray: (brought: Brought, address: string) => Verdict;
}

// A merchant who mistypes, and a ShipStation that still has an old password, stay below; who guesses does not.
const WRONG_PER_MINUTE = 30;

/**
 * The rate limits. Right credentials are counted by their account and never by an address, so that nobody else can use
 * up what ShipStation may ask: whoever guesses from ShipStation's own address (the same proxy, the same network) is
 * refused, and ShipStation is not. Wrong ones are counted by the client's network. Without credentials nothing is
 * guessed, and the challenge is what some clients wait for before they send any (RFC 7235, section 2.1): never refused.
 *
 * @param requestsPerMinute of one account
 * @param now milliseconds of a clock that never goes back
 */
export function createAccess(
  { requestsPerMinute }: { readonly requestsPerMinute: number },
  now: () => number,
): Access {
  const ofAccounts = createRequestCounts(now);
  const ofStrangers = createRequestCounts(now);

  function judgeAccount(account: string): Verdict {
    const { count, secondsLeft } = ofAccounts.add(account);
    return count > requestsPerMinute
      ? { kind: 'refused', seconds: secondsLeft, because: 'many' }
      : { kind: 'admitted' };
  }

  function judgeStranger(address: string): Verdict {
    const { count, secondsLeft } = ofStrangers.add(clientNetwork(address));
    return count > WRONG_PER_MINUTE
      ? { kind: 'refused', seconds: secondsLeft, because: 'wrong' }
      : { kind: 'challenged' };
  }

  return {
    judge(brought, address) {
      if (brought === 'none') return { kind: 'challenged' };
      return brought === 'wrong' ? judgeStranger(address) : judgeAccount(brought.account);
    },
    judgeStray: (brought, address) =>
      typeof brought === 'string' ? judgeStranger(address) : judgeAccount(brought.account),
  };
}
