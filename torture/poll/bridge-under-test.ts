import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PASSWORD, USERNAME } from '../bridge-process.ts';
import { createLogWatch, type LogWatch } from '../planted.ts';
import type { VirtualClock } from './clock.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/** The compiled bridge in this process, behind real HTTP. */
export interface BridgeUnderTest {
  /**
   * Asks its endpoint; with a body by POST. Never throws: status 0 stands for no answer. What is not 200 comes with the last
   * error that the bridge has logged.
   */
  ask(query: Readonly<Record<string, string>>, body?: string): Promise<HttpAnswer>;
  /** Ends it, which waits for what is in flight, and starts it anew as another process would be. */
  restart(): Promise<void>;
  /** What the program does once a day. */
  prune(): Promise<void>;
  close(): Promise<void>;
  /** Has looked at each line that it has logged. */
  readonly watch: LogWatch;
}

/**
 * Starts the bridge of a compiled program.
 *
 * @param program - its folder
 * @param environment - its settings, besides the account that is asked with
 */
export async function startBridge(
  program: string,
  environment: Readonly<Record<string, string>>,
  clock: VirtualClock,
): Promise<BridgeUnderTest> {
  const load = (file: string): Promise<unknown> => import(pathToFileURL(join(program, file)).href);
  const { createBridge } = (await load('bridge/bridge.js')) as typeof import('../../src/bridge/bridge.ts');
  const { buildApp } = (await load('server/app.js')) as typeof import('../../src/server/app.ts');
  const { readConfig } = (await load(
    'config/read-config.js',
  )) as typeof import('../../src/config/read-config.ts');

  const { createLogger } = (await load(
    'commands/logger.js',
  )) as typeof import('../../src/commands/logger.ts');

  const config = readConfig({
    SHIPSTATION_USERNAME: USERNAME,
    SHIPSTATION_PASSWORD: PASSWORD,
    RATE_LIMIT_PER_MINUTE: '1000000',
    ...environment,
  });
  let lastError = '';
  const watch = createLogWatch(environment);
  const log = createLogger('trace', {
    write(line) {
      watch.look(line);
      if (line.startsWith('{"level":"error"')) lastError = line.trim();
    },
  });

  async function start() {
    // What the bridge knows of the store then ages by real time: five virtual minutes pass between any two polls, and
    // reading the store anew each time would cost more than the polls themselves.
    const bridge = clock.withRealTime(() => createBridge(config, log));
    const app = await buildApp({ bridge, config, log });
    await bridge.prepare();
    const address = await app.listen({ host: '127.0.0.1', port: 0 });
    return { bridge, app, port: new URL(address).port, agent: new Agent({ keepAlive: true }) };
  }

  let running = await start();
  async function stop() {
    running.agent.destroy();
    await running.app.close();
    await running.bridge.close();
  }

  const authorization = `Basic ${Buffer.from(`${USERNAME}:${PASSWORD}`).toString('base64')}`;
  return {
    ask: (query, body) =>
      new Promise((resolve) => {
        const { port, agent } = running;
        const path = `/shipstation?${new URLSearchParams(query).toString()}`;
        const method = body === undefined ? 'GET' : 'POST';
        const sent = request(
          { host: '127.0.0.1', port, agent, path, method, headers: { authorization } },
          (response) => {
            const chunks: Buffer[] = [];
            response.on('data', (chunk: Buffer) => void chunks.push(chunk));
            response.on('error', (error) => resolve({ status: 0, body: error.message }));
            response.on('end', () => {
              const status = response.statusCode ?? 0;
              const text = Buffer.concat(chunks).toString('utf8');
              resolve({ status, body: status === 200 ? text : `${text.trim()} ${lastError}` });
            });
          },
        );
        sent.on('error', (error) => resolve({ status: 0, body: error.message }));
        sent.end(body);
      }),
    async restart() {
      await stop();
      running = await start();
    },
    prune: () => running.bridge.prune(),
    close: stop,
    watch,
  };
}
