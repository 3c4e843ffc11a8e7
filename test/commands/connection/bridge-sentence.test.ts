import { expect, test } from 'vitest';
import { bridgeSentence } from '../../../src/commands/connection/bridge-sentence.ts';
import { PROBLEMS } from '../../../src/server/http-problem.ts';
import { anAnswer, html } from './outcomes.ts';

test.each([
  PROBLEMS.unauthorized(),
  PROBLEMS.credentialsMissing(),
  PROBLEMS.badParameter('vendor', 'is not known here (a.b)'),
  PROBLEMS.unknownAction(),
  PROBLEMS.wrongMethod('export', 'GET'),
  PROBLEMS.notFound(),
  PROBLEMS.databaseAway(),
  PROBLEMS.storeNotReady(),
  PROBLEMS.tooManyRequests(1),
  PROBLEMS.tooManyRequests(59),
  PROBLEMS.tooManyGuesses(12),
  PROBLEMS.bodyTooLarge(),
  PROBLEMS.badRequest(),
  PROBLEMS.unforeseen('5f1f3e2c-0000-4000-8000-000000000000'),
])('the bridge is known by its sentence: $message', ({ status, message }) => {
  expect(bridgeSentence(anAnswer(status, `${message}\n`))).toBe(message);
  // The same words with another status, or with more around them, are somebody else's.
  expect(bridgeSentence(anAnswer(status + 1, `${message}\n`))).toBeUndefined();
  expect(bridgeSentence(anAnswer(status, html('x', message)))).toBeUndefined();
  expect(bridgeSentence(anAnswer(status, `${message} ${'x'.repeat(600)}`))).toBeUndefined();
});

test.each([
  [401, 'Unauthorized'],
  [401, ''],
  [404, 'Not Found'],
  [503, 'Service Unavailable'],
])('%d %s is not of the bridge', (status, text) => {
  expect(bridgeSentence(anAnswer(status, text))).toBeUndefined();
});
