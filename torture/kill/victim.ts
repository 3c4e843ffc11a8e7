import { createShipStation, type ShipStation } from '../../test/support/shipstation-client.ts';
import { type BridgeProcess, createBridgeProcess, PASSWORD, USERNAME } from '../bridge-process.ts';
import { type StatementProxy, startStatementProxy } from '../statement-proxy.ts';
import { isNoticeStep, stepOf } from './steps.ts';
import type { Moment, Tally } from './tally.ts';

/** The n-th step of what follows, counted from 0, or the n-th of a name. */
export type Place = number | { readonly step: string; readonly number?: number };

/** Something that waits for a bridge at a step of its work. */
interface Ambush {
  /** The step, once it has been reached; `undefined` before. */
  readonly step: string | undefined;
  readonly reached: Promise<string>;
  /** Lets go on what is held. */
  release(): void;
}

/** A bridge that is going to be killed, with the wire that says when, and what ShipStation knows of it. */
export interface Victim {
  readonly name: string;
  readonly bridge: Pick<
    BridgeProcess,
    'url' | 'watch' | 'killNow' | 'ended' | 'pause' | 'resume' | 'isReady'
  >;
  /** What was not taken is kept by this client, and repeated by it. */
  readonly shipStation: ShipStation;
  /** A ShipStation that never repeats a notice: as when the merchant has given the store up. */
  readonly forgetful: ShipStation;
  /** Starts it and waits until it is ready; what waits for it at a step is there before. */
  start(ambush?: () => Ambush): Promise<Ambush | undefined>;
  /** Kills it at a place in what it does from now on. `held`: the statement stays on its way until it is let go. */
  killAt(place: Place, moment: Moment, options?: { readonly isHeld?: boolean }): Ambush;
  /** Cuts its wire when a statement was carried out, and before it knows: it lives on, and finds its database there again. */
  cutAt(place: Place): Ambush;
  /** Holds it up before a statement. */
  holdAt(place: Place): Ambush;
  /** Takes away what waits for it. */
  disarm(): void;
  /** The steps of notices that it goes through during `work`. */
  recordSteps(work: () => Promise<unknown>): Promise<readonly string[]>;
  close(): Promise<void>;
}

export interface VictimOptions {
  readonly name: string;
  readonly program: string;
  readonly environment: Readonly<Record<string, string>>;
  /** URLs by variable, of one server; the victim reaches it through its own wire. */
  readonly databases: Readonly<Record<string, string>>;
  readonly tally: Tally;
}

type Rule = (step: string, point: 'asked' | 'answered') => undefined | 'drop' | Promise<undefined>;

export async function createVictim(options: VictimOptions): Promise<Victim> {
  const { name, tally } = options;
  const serverPort = Number(new URL(Object.values(options.databases)[0] ?? '').port);
  const proxy = await startStatementProxy(serverPort);
  const bridge = await createBridgeProcess(options.program, {
    ...Object.fromEntries(
      Object.entries(options.databases).map(([variable, url]) => [variable, through(proxy, url)]),
    ),
    ...options.environment,
  });
  const credentials = { url: bridge.url, username: USERNAME, password: PASSWORD, timeout: 120_000 };

  let rule: Rule | undefined;
  proxy.onStatement = (statement, point) => rule?.(stepOf(statement), point);

  function lieInWait(place: Place, point: 'asked' | 'answered', act: (step: string) => ReturnType<Rule>) {
    let passed = 0;
    const mine: Rule = (step, at) => {
      if (at !== point || !isNoticeStep(step)) return undefined;
      if (typeof place !== 'number' && place.step !== step) return undefined;
      const number = typeof place === 'number' ? place : (place.number ?? 0);
      passed += 1;
      if (passed <= number) return undefined;
      if (rule === mine) rule = undefined;
      return act(step);
    };
    rule = mine;
  }

  return {
    name,
    bridge,
    shipStation: createShipStation(credentials),
    forgetful: createShipStation(credentials),
    async start(ambush) {
      await bridge.ended();
      tally.count('starts');
      const set = ambush?.();
      if (set === undefined) {
        rule = undefined;
        await bridge.start();
        return undefined;
      }
      bridge.launch();
      // Whichever comes first: it is ready, or it was killed on the way there.
      await Promise.race([set.reached, readiness(bridge)]);
      return set;
    },
    killAt(place, moment, { isHeld = false } = {}) {
      const gate = createGate();
      lieInWait(place, moment === 'answered' ? 'answered' : 'asked', (step) => {
        bridge.killNow();
        tally.killed(step, moment);
        gate.reach(step);
        if (moment !== 'sent') return 'drop';
        return isHeld ? gate.opened : undefined;
      });
      return gate.ambush;
    },
    cutAt(place) {
      const gate = createGate();
      lieInWait(place, 'answered', (step) => {
        proxy.cut();
        tally.count('cuts');
        gate.reach(step);
        return 'drop';
      });
      return gate.ambush;
    },
    holdAt(place) {
      const gate = createGate();
      lieInWait(place, 'asked', (step) => {
        gate.reach(step);
        return gate.opened;
      });
      return gate.ambush;
    },
    disarm() {
      rule = undefined;
    },
    async recordSteps(work) {
      const steps: string[] = [];
      rule = (step, point) => {
        if (point === 'asked' && isNoticeStep(step)) steps.push(step);
        return undefined;
      };
      await work();
      rule = undefined;
      return steps;
    },
    async close() {
      bridge.killNow();
      await bridge.ended();
      await proxy.close();
    },
  };
}

function createGate() {
  let reach: (step: string) => void = () => {};
  let release: () => void = () => {};
  const reached = new Promise<string>((resolve) => {
    reach = resolve;
  });
  const opened = new Promise<undefined>((resolve) => {
    release = () => resolve(undefined);
  });
  let reachedStep: string | undefined;
  return {
    opened,
    reach(step: string) {
      reachedStep = step;
      reach(step);
    },
    ambush: {
      get step() {
        return reachedStep;
      },
      reached,
      release,
    },
  };
}

const LOOK_MS = 20;

/** Resolves when the bridge is ready, and never when it has been killed. */
async function readiness(bridge: BridgeProcess): Promise<void> {
  let hasEnded = false;
  void bridge.ended().then(() => {
    hasEnded = true;
  });
  while (!hasEnded) {
    if (await bridge.isReady()) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  // Ended without being killed by an ambush: the next start says why.
}

function through(proxy: StatementProxy, url: string): string {
  const changed = new URL(url);
  changed.port = String(proxy.port);
  return changed.href;
}
