/** What a progress bar is drawn on; standard error, usually. */
export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export interface Progress {
  /** Draws how far it is. */
  show(done: number, total: number): void;
  /** Takes the bar away. */
  clear(): void;
}

// What is over sooner needs no bar.
const QUICK_MS = 1_000;
const REDRAW_MS = 100;
const WIDEST_BAR = 30;
const CLEAR_LINE = '\r\u001b[K';

/** A bar for a person at a terminal, once it takes longer than a second; nothing anywhere else. */
export function createProgress(what: string, terminal: Terminal, now: () => number = Date.now): Progress {
  const startedAt = now();
  let drawnAt = startedAt + QUICK_MS - REDRAW_MS;
  let isDrawn = false;
  return {
    show(done, total) {
      if (!terminal.isTTY || now() - drawnAt < REDRAW_MS) return;
      drawnAt = now();
      isDrawn = true;
      const line = progressLine(what, done, total, drawnAt - startedAt);
      terminal.write(`${CLEAR_LINE}${line.slice(0, (terminal.columns ?? 80) - 1)}`);
    },
    clear() {
      if (isDrawn) terminal.write(CLEAR_LINE);
      isDrawn = false;
    },
  };
}

/** `[██████░░░░]  60 %  600 of 1,000 orders, 4 s left`. */
export function progressLine(what: string, done: number, total: number, elapsedMs: number): string {
  const share = total === 0 ? 1 : Math.min(done / total, 1);
  const full = Math.round(share * WIDEST_BAR);
  const bar = '█'.repeat(full) + '░'.repeat(WIDEST_BAR - full);
  const percent = String(Math.floor(share * 100)).padStart(3);
  const left = done === 0 ? '' : `, ${duration((elapsedMs / done) * Math.max(total - done, 0))} left`;
  return `[${bar}] ${percent} %  ${done.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} ${what}${left}`;
}

function duration(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
