import { type HttpProblem, PROBLEMS } from '../../server/http-problem.ts';
import type { Answer } from './call.ts';

// Stands for what differs from one answer to the next.
const ANYTHING = '\u0001';

const OWN_SENTENCES = [
  PROBLEMS.unauthorized(),
  PROBLEMS.credentialsMissing(),
  PROBLEMS.badParameter(ANYTHING, ANYTHING),
  PROBLEMS.unknownAction(),
  PROBLEMS.wrongMethod('export', 'GET'),
  PROBLEMS.notFound(),
  PROBLEMS.databaseAway(),
  PROBLEMS.storeNotReady(),
  PROBLEMS.tooManyRequests(7),
  PROBLEMS.tooManyGuesses(7),
  PROBLEMS.bodyTooLarge(),
  PROBLEMS.badRequest(),
  PROBLEMS.unforeseen(ANYTHING),
].map(toPattern);

/**
 * The sentence of an answer, if the bridge itself has written it: web servers, firewalls and shops answer with the same
 * status numbers. `undefined` for what somebody else has written.
 */
export function bridgeSentence({ status, body }: Answer): string | undefined {
  if (body.length > 500) return undefined;
  const text = body.toString('utf8').trimEnd();
  return OWN_SENTENCES.some((own) => own.status === status && own.pattern.test(text)) ? text : undefined;
}

/** Whether the bridge says just this. */
export function isBridgeProblem(answer: Answer, problem: HttpProblem): boolean {
  return answer.status === problem.status && bridgeSentence(answer) === problem.message;
}

function toPattern({ status, message }: HttpProblem): { status: number; pattern: RegExp } {
  const pattern = message
    .replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll(ANYTHING, '.+')
    .replaceAll('7 seconds', '\\d+ seconds?');
  return { status, pattern: new RegExp(`^${pattern}$`) };
}
