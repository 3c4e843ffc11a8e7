import type { VirtualClock } from './clock.ts';
import type { Step } from './order-life.ts';

/** The steps of a schedule, carried out as virtual time goes on. */
export class Timeline {
  readonly #steps: readonly Step[];
  readonly #clock: VirtualClock;
  readonly #carryOut: (step: Step, now: number) => Promise<void>;
  #done = 0;

  /** @param steps by instant */
  constructor(
    steps: readonly Step[],
    clock: VirtualClock,
    carryOut: (step: Step, now: number) => Promise<void>,
  ) {
    this.#steps = steps;
    this.#clock = clock;
    this.#carryOut = carryOut;
  }

  /** Lets time go on to `instant`, if it is not there already, and carries out what is due until then. */
  async advanceTo(instant: number): Promise<void> {
    for (let step = this.#next; step && step.at <= instant; step = this.#next) await this.#take(step);
    this.#clock.now = Math.max(this.#clock.now, instant);
  }

  /**
   * Carries out the next steps at once, up to `most`, as long as each is due within so many seconds of the one before;
   * time goes on with them. Gives how many.
   */
  async takeNext(most: number, within: number): Promise<number> {
    let taken = 0;
    for (let step = this.#next; step && taken < most; step = this.#next) {
      if (step.at > this.#clock.now + within) break;
      await this.#take(step);
      taken += 1;
    }
    return taken;
  }

  get #next(): Step | undefined {
    return this.#steps[this.#done];
  }

  async #take(step: Step): Promise<void> {
    this.#done += 1;
    this.#clock.now = Math.max(this.#clock.now, step.at);
    await this.#carryOut(step, this.#clock.now);
  }
}
