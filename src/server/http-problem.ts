/** An answer that is not a success: a status, and one plain sentence that ShipStation shows to the merchant. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, sentence: string, headers: Readonly<Record<string, string>> = {}) {
    super(sentence);
    this.status = status;
    this.headers = headers;
  }
}

const CHALLENGE = 'Basic realm="ShipStation", charset="UTF-8"';
// ShipStation repeats a failed notice about hourly and a poll within minutes; a minute is an honest guess.
const RETRY_AFTER_SECONDS = '60';

/** Every answer of the endpoint that is no success. */
export const PROBLEMS = {
  /** RFC 7235, section 3.1: a 401 must carry a challenge. */
  unauthorized: () =>
    new HttpProblem(401, 'Wrong user name or password.', {
      'www-authenticate': CHALLENGE,
    }),
  /** To the merchant, who has typed them: something on the way must have taken them out. */
  credentialsMissing: () =>
    new HttpProblem(
      401,
      'No user name and password have arrived; does a proxy drop the Authorization header?',
      {
        'www-authenticate': CHALLENGE,
      },
    ),
  badParameter: (name: string, what: string) => new HttpProblem(400, `The parameter ${name} ${what}.`),
  unknownAction: () => new HttpProblem(400, 'The parameter action must be export or shipnotify.'),
  wrongMethod: (action: string, method: 'GET' | 'POST') =>
    new HttpProblem(405, `The action ${action} must be asked for with ${method}.`, { allow: method }),
  notFound: () => new HttpProblem(404, 'There is nothing at this address.'),
  unreadableNotice: (sentence: string) => new HttpProblem(400, sentence),
  unknownOrder: (sentence: string) => new HttpProblem(404, sentence),
  refusedNotice: (sentence: string) => new HttpProblem(422, sentence),
  later: (sentence: string) => new HttpProblem(503, sentence, { 'retry-after': RETRY_AFTER_SECONDS }),
  databaseAway: () =>
    new HttpProblem(503, 'The store database cannot answer at this moment.', {
      'retry-after': RETRY_AFTER_SECONDS,
    }),
  storeNotReady: () =>
    new HttpProblem(503, 'The bridge cannot work with the store database as it is; its log says why.', {
      'retry-after': RETRY_AFTER_SECONDS,
    }),
  /** RFC 6585, section 4. */
  tooManyRequests: (seconds: number) => refusal('Too many requests in one minute', seconds),
  tooManyGuesses: (seconds: number) =>
    refusal('Too many requests without the right user name and password', seconds),
  bodyTooLarge: () => new HttpProblem(413, 'The request body is too large.'),
  badRequest: () => new HttpProblem(400, 'The request could not be read.'),
  unforeseen: (requestId: string) =>
    new HttpProblem(500, `Something went wrong in the bridge; its log has more under request ${requestId}.`),
} as const;

function refusal(what: string, seconds: number): HttpProblem {
  return new HttpProblem(429, `${what}; ask again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`, {
    'retry-after': String(seconds),
  });
}
