/** Runs something once. Gives its milliseconds and its result. */
export async function timed<Result>(
  work: () => Promise<Result>,
): Promise<[milliseconds: number, result: Result]> {
  const startedAt = performance.now();
  const result = await work();
  return [performance.now() - startedAt, result];
}

// Until both sides run compiled code; what takes long is compiled after a few.
const WARM_UP_RUNS = 40;
const WARM_UP_MS = 4_000;
const FEWEST_WARM_UP_RUNS = 5;

/** Runs something until the processes are as quick as they get. */
export async function warmUp(work: (run: number) => Promise<unknown>): Promise<void> {
  const startedAt = performance.now();
  for (let run = 0; run < WARM_UP_RUNS; run += 1) {
    if (run >= FEWEST_WARM_UP_RUNS && performance.now() - startedAt > WARM_UP_MS) return;
    await work(run);
  }
}

/** Measures several things in turn, each first every other time, so that none has the better place. */
export async function inTurn(
  runs: number,
  measurements: readonly (() => Promise<number>)[],
): Promise<readonly (readonly number[])[]> {
  const samples: number[][] = measurements.map(() => []);
  for (let run = 0; run < runs; run += 1) {
    const order = [...measurements.keys()];
    for (const index of run % 2 === 0 ? order : order.reverse()) {
      const measure = measurements[index];
      if (measure) samples[index]?.push(await measure());
    }
  }
  return samples;
}
