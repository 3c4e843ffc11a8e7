import { bold, dim, say } from '../src/commands/terminal.ts';

/** A step of the play went wrong. */
export class DemoFailed extends Error {
  override readonly name = 'DemoFailed';
}

let steps = 0;

/** Begins a step: what is going to be shown. */
export function step(title: string): void {
  steps += 1;
  say();
  say(bold(`${steps}. ${title}`));
}

/** Says what was seen; throws {@link DemoFailed} when it is not as it has to be. */
export function check(what: string, isTrue: boolean): void {
  if (!isTrue) throw new DemoFailed(what);
  say(`   ${dim('ok')} ${what}`);
}
