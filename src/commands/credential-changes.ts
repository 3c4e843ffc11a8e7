import { isDeepStrictEqual } from 'node:util';
import type { Bridge, DatabaseName } from '../bridge/bridge.ts';
import type { Log } from '../bridge/log.ts';
import type { Config } from '../config/config.ts';
import type { DatabaseUrl } from '../database/database-url.ts';
import type { AcceptedCredentials } from '../server/accepted-credentials.ts';

/** Takes over the credentials of a configuration that was read anew. */
export interface CredentialChanges {
  /** Logs what was taken over, what was refused, and what needs a restart. Does not throw. */
  apply(config: Config): Promise<void>;
  /** Tries again what a database has refused so far. */
  tryAgain(): Promise<void>;
}

export interface ChangeDependencies {
  readonly bridge: Pick<Bridge, 'useLogin'>;
  readonly credentials: Pick<AcceptedCredentials, 'replace'>;
  readonly log: Log;
}

/** @param running the configuration that the bridge was started with */
export function createCredentialChanges(
  running: Config,
  { bridge, credentials, log }: ChangeDependencies,
): CredentialChanges {
  let accepted = running.credentials;
  const logins = new Map<DatabaseName, Login>(
    (['store', 'replica', 'bridge'] as const).flatMap((which) => {
      const used = urlOf(running, which);
      return used ? [[which, { used, wanted: used, refusal: undefined }]] : [];
    }),
  );

  async function logIn(which: DatabaseName, login: Login): Promise<void> {
    try {
      await bridge.useLogin(which, login.wanted);
      login.used = login.wanted;
      login.refusal = undefined;
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unknown reason';
      // Once, not with every try.
      if (reason !== login.refusal)
        log.warn(
          { event: 'credentials.refused', of: `${which} database`, reason },
          'the new login is not taken; the one before goes on, and the new one is tried again',
        );
      login.refusal = reason;
    }
  }

  return {
    async apply(config) {
      if (!isDeepStrictEqual(restOf(config), restOf(running)))
        log.warn(
          { event: 'settings.need_restart' },
          'settings other than user names and passwords have changed; they count from the next start',
        );
      if (!isDeepStrictEqual(config.credentials, accepted)) {
        accepted = config.credentials;
        credentials.replace(accepted);
        log.info(
          { event: 'credentials.changed', of: 'ShipStation', previousToo: accepted.passwords.length > 1 },
          'ShipStation must send the new user name and password from now on',
        );
      }
      for (const [which, login] of logins) {
        const url = urlOf(config, which);
        if (!url) continue;
        // A password alone: whatever else is new in the address needs a restart.
        const wanted = { ...login.used, user: url.user, password: url.password };
        if (isDeepStrictEqual(wanted, login.wanted)) continue;
        login.wanted = wanted;
        login.refusal = undefined;
        await logIn(which, login);
      }
    },
    async tryAgain() {
      for (const [which, login] of logins) if (login.wanted !== login.used) await logIn(which, login);
    },
  };
}

interface Login {
  used: DatabaseUrl;
  wanted: DatabaseUrl;
  /** Why the database does not take what is wanted. */
  refusal: string | undefined;
}

function urlOf({ store, bridgeDatabaseUrl }: Config, which: DatabaseName): DatabaseUrl | undefined {
  return { store: store.databaseUrl, replica: store.readDatabaseUrl, bridge: bridgeDatabaseUrl }[which];
}

/** All that cannot change while the bridge runs. */
function restOf(config: Config): object {
  const place = (url: DatabaseUrl | undefined) => url && { ...url, user: '', password: '' };
  return {
    ...config,
    credentials: undefined,
    store: {
      ...config.store,
      databaseUrl: place(config.store.databaseUrl),
      readDatabaseUrl: place(config.store.readDatabaseUrl),
    },
    bridgeDatabaseUrl: place(config.bridgeDatabaseUrl),
  };
}
