/** Gives out the ids of one kind, counting up from 1. */
export class IdSequence {
  #next = 1;

  /** The next free id, or the wanted one, after which counting goes on. */
  take(wanted?: number): number {
    const id = wanted ?? this.#next;
    this.#next = Math.max(this.#next, id + 1);
    return id;
  }
}
