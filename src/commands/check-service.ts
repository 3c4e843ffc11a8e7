import type { Finding } from '../bridge/check-store/finding.ts';
import type { Config } from '../config/config.ts';

const PATIENCE_MS = 5_000;

/** Asks the bridge that runs on this machine whether it would answer ShipStation. */
export async function checkService({ ops }: Pick<Config, 'ops'>): Promise<Finding> {
  // What listens on every address is asked on this machine's own.
  const host = ops.host === '0.0.0.0' ? '127.0.0.1' : ops.host === '::' ? '[::1]' : bracketed(ops.host);
  const address = `http://${host}:${ops.port}/readyz`;
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE_MS) });
    const text = (await answer.text()).trim();
    if (answer.ok && text === 'ready') {
      return { check: 'service', level: 'ok', message: `the bridge runs and is ready (${address})` };
    }
    return text.startsWith('not ready:')
      ? { check: 'service', level: 'problem', message: `the bridge runs and is ${text}` }
      : {
          check: 'service',
          level: 'warning',
          message: `something else than the bridge answers at ${address}`,
          advice: 'set OPS_PORT to a port that nobody uses',
        };
  } catch {
    return {
      check: 'service',
      level: 'warning',
      message: `no bridge answers at ${address}`,
      advice: 'start it (npm start), or ask where it runs: in another container it has an address of its own',
    };
  }
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
