/** What was looked at. Stable: machines read it. */
const CHECKS = [
  'configuration',
  'database',
  'replica',
  'store',
  'rights',
  'changes',
  'statuses',
  'settings',
  'orders',
  'codes',
  'weights',
  'carriers',
  'clock',
  'own tables',
  'activity',
  'notices',
  'service',
] as const;

export type Check = (typeof CHECKS)[number];

/** What one look came to; of a look at the store, unless it says what else was looked at. */
export interface Finding<Name extends string = Check> {
  readonly check: Name;
  /** `problem`: orders or shipments are lost or the bridge does not work; `warning`: somebody should know. */
  readonly level: 'ok' | 'warning' | 'problem';
  /** One sentence for the admin. */
  readonly message: string;
  /** What to do about it; absent where nothing is to be done. */
  readonly advice?: string | undefined;
  /** Lines that belong below the message: a status each, an order each, a statement to run. */
  readonly details?: readonly string[] | undefined;
  /** The same for machines. */
  readonly facts?: Readonly<Record<string, unknown>> | undefined;
}
