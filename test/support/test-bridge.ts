import { type Bridge, createBridge } from '../../src/bridge/bridge.ts';
import type { LogLine } from '../../src/bridge/log.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { buildApp } from '../../src/server/app.ts';
import type { Metrics } from '../../src/server/metrics.ts';
import { createShipStation, type ShipStation, type ShipStationOptions } from './shipstation-client.ts';
import type { Store } from './store/store.ts';

const USERNAME = 'shipstation';
const PASSWORD = 'a:pass#word ü';

/** A bridge before a store, listening on a real port, with what it logged and which statements it sent. */
export interface TestBridge {
  readonly bridge: Bridge;
  /** Address of the endpoint, `http://127.0.0.1:port/shipstation`. */
  readonly url: string;
  readonly shipstation: ShipStation;
  /** A second client of the same endpoint. */
  connect(options?: Partial<ShipStationOptions>): ShipStation;
  /** A request with the right credentials. */
  request(
    query: string,
    init?: { method?: string; body?: string | Buffer; headers?: Readonly<Record<string, string>> },
  ): Promise<{ status: number; body: string; headers: Headers }>;
  readonly logs: (LogLine & { readonly level: string; readonly message: string })[];
  /** Every statement sent to the database since the last call of `statements.length = 0`. */
  readonly statements: string[];
  close(): Promise<void>;
}

export interface TestBridgeOptions {
  /** Further environment variables. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Another account or database than the store's administrator. */
  readonly databaseUrl?: string;
  /** Leaves out what the bridge does at start. */
  readonly isUnprepared?: boolean;
  /** Who counts what the bridge does and answers; default: nobody. */
  readonly metrics?: Metrics;
}

export async function startTestBridge(store: Store, options: TestBridgeOptions = {}): Promise<TestBridge> {
  const config = readConfig({
    SHIPSTATION_USERNAME: USERNAME,
    SHIPSTATION_PASSWORD: PASSWORD,
    CSCART_DATABASE_URL: options.databaseUrl ?? store.url,
    CSCART_TABLE_PREFIX: store.prefix,
    RATE_LIMIT_PER_MINUTE: '100000',
    ...options.environment,
  });
  const logs: (LogLine & { level: string; message: string })[] = [];
  const logAt = (level: string) => (line: LogLine, message: string) =>
    void logs.push({ ...line, level, message });
  const log = { info: logAt('info'), warn: logAt('warn'), error: logAt('error') };
  const statements: string[] = [];
  const bridge = createBridge(config, log, {
    onStatement: (sql) => void statements.push(sql),
    ...(options.metrics && { meter: options.metrics.meter }),
  });
  const app = await buildApp({ bridge, config, log, ...(options.metrics && { metrics: options.metrics }) });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  if (!options.isUnprepared) await bridge.prepare();

  const url = `${address}/shipstation`;
  const connect: TestBridge['connect'] = (more = {}) =>
    createShipStation({ url, username: USERNAME, password: PASSWORD, ...more });
  return {
    bridge,
    url,
    connect,
    shipstation: connect(),
    logs,
    statements,
    async request(query, init = {}) {
      const authorization = `Basic ${Buffer.from(`${USERNAME}:${PASSWORD}`).toString('base64')}`;
      const response = await fetch(`${url}?${query}`, {
        ...init,
        headers: { authorization, ...init.headers },
      });
      return { status: response.status, body: await response.text(), headers: response.headers };
    },
    async close() {
      await app.close();
      await bridge.close();
    },
  };
}
