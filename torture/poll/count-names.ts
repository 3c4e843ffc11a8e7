import { KEPT_SECRET, LINES_LOOKED_AT } from '../planted.ts';

/** The promises, and that of the harness to bring about what it means to: each of these counts has to be 0. */
export const PROMISES = {
  neverShown: 'orders never shown',
  differs: 'orders whose final state differs',
  half: 'orders shown with lines that they never had',
  late: 'orders missing from a poll of their window',
  endless: 'orders imported again although nothing changed',
  notOk: 'answers that were not 200',
  invalid: 'answers with invalid XML',
  noticeNotOk: 'notices that were not taken',
  keptSecret: KEPT_SECRET,
  notMet: 'situations that did not come about',
} as const;

/** What else is counted, in the order of the report. */
export const OTHER_COUNTS = [
  'schedules',
  'situations',
  'orders created',
  'orders compared',
  'orders that end hidden or unmapped',
  'polls',
  'pages',
  'orders received',
  'polls given up between two pages',
  'polls broken by a lost database',
  'old windows asked again',
  'windows asked by two connections at once',
  'restarts between two pages',
  'steps between two pages',
  'steps in the middle of a page',
  'notices',
  LINES_LOOKED_AT,
] as const;

export type PromiseName = (typeof PROMISES)[keyof typeof PROMISES];

/** The name of a count; those of the steps are named by their kind. */
export type CountName = PromiseName | (typeof OTHER_COUNTS)[number] | `steps: ${string}`;
