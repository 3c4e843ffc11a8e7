import { Agent, request } from 'node:http';
import type { PlacedOrder } from '../../test/support/store/plain-order.ts';
import { requestOf, type SoakRequest } from './requests.ts';
import type { Memory, SoakedBridge } from './soaked-bridge.ts';

/** The memory after so many requests. */
export interface Sample extends Memory {
  readonly requests: number;
}

export interface SoakFigures {
  readonly samples: readonly Sample[];
  /** Requests by kind and status, as `poll 200`. */
  readonly answers: ReadonlyMap<string, number>;
  /** Answers with a status that was not to be. */
  readonly wrongAnswers: number;
  readonly seconds: number;
}

const CLIENTS = 8;
const SAMPLES = 10;

/** Sends so many requests, eight at a time, and measures the memory after each tenth of them. */
export async function soak(
  bridge: SoakedBridge,
  orders: readonly PlacedOrder[],
  requests: number,
  progress: (sample: Sample) => void,
): Promise<SoakFigures> {
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
  const answers = new Map<string, number>();
  const samples: Sample[] = [];
  let wrongAnswers = 0;
  let next = 0;
  const started = performance.now();

  const sendUntil = async (last: number) => {
    while (next < last) {
      const asked = requestOf(next, orders);
      next += 1;
      const status = await send(asked.to === 'ops' ? bridge.ops : bridge.endpoint, asked, agent);
      const key = `${asked.kind} ${status}`;
      answers.set(key, (answers.get(key) ?? 0) + 1);
      if (!asked.expected.includes(status)) wrongAnswers += 1;
    }
  };
  for (let tenth = 1; tenth <= SAMPLES; tenth += 1) {
    const last = Math.round((requests * tenth) / SAMPLES);
    await Promise.all(Array.from({ length: CLIENTS }, () => sendUntil(last)));
    const sample = { requests: last, ...(await bridge.measure()) };
    samples.push(sample);
    progress(sample);
  }
  agent.destroy();
  return { samples, answers, wrongAnswers, seconds: (performance.now() - started) / 1000 };
}

/** Gives the status; throws when there is no answer. */
function send(address: string, { path, method, headers, body }: SoakRequest, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    request(address + path, { method, agent, headers }, (response) => {
      response.on('error', reject);
      response.on('end', () => resolve(response.statusCode ?? 0));
      response.resume();
    })
      .on('error', reject)
      .end(body);
  });
}
