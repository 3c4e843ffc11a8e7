import type { Log } from '../bridge/log.ts';
import { processEnvironment, readSecretFiles } from '../config/environment.ts';
import { CREDENTIAL_VARIABLES, InvalidConfig } from '../config/read-config.ts';
import type { CredentialChanges } from './credential-changes.ts';
import { pause, repeat } from './repeat.ts';
import type { Settings } from './settings.ts';

/** Looks after settings that change while the bridge runs. */
export interface SettingsWatch {
  /** Reads the settings again, as after SIGHUP. Logs what cannot be used, and does not throw. */
  reread(): Promise<void>;
  stop(): Promise<void>;
}

// Docker and Kubernetes put a new file in the place of a link, which no file watcher of the system reports reliably.
const LOOK_MS = 5_000;
// Whoever writes a file without such care is done by then: half a password must not count.
const SETTLED_MS = 200;

/** Watches the files that hold credentials, by reading them every five seconds. */
export function watchSettings(settings: Settings, changes: CredentialChanges, log: Log): SettingsWatch {
  const look = () => readSecretFiles(processEnvironment(), CREDENTIAL_VARIABLES);
  let seen = look();
  // One after the other: a signal can come while a file is being looked at.
  let working: Promise<void> = Promise.resolve();
  const inTurn = (work: () => Promise<void>) => {
    working = working.then(work);
    return working;
  };

  async function read(): Promise<void> {
    seen = look();
    try {
      const config = settings();
      log.info({ event: 'settings.read' }, 'the settings have been read again');
      await changes.apply(config);
    } catch (error) {
      const problems =
        error instanceof InvalidConfig
          ? error.problems
          : [error instanceof Error ? error.message : 'unknown'];
      log.error(
        { event: 'settings.refused', problems },
        'the settings cannot be used; the bridge goes on with those before',
      );
    }
  }

  async function lookAgain(ending: AbortSignal): Promise<void> {
    await changes.tryAgain();
    const now = await look();
    if (now === (await seen)) return;
    await pause(SETTLED_MS, ending);
    if (!ending.aborted && now === (await look())) await read();
  }

  const stop = repeat(LOOK_MS, (ending) => inTurn(() => lookAgain(ending)));
  return { reread: () => inTurn(read), stop };
}
