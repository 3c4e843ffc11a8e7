import { setTimeout as sleep } from 'node:timers/promises';
import { type MariaDb, startMariaDb } from './mariadb.ts';

/** Two private servers, of which the second follows the first. */
export interface Replication {
  readonly primary: MariaDb;
  readonly replica: MariaDb;
  /** Begins to follow again, from where it is, so many seconds behind. */
  follow(delaySeconds?: number): Promise<void>;
  /** Waits until the replica has what the primary has at this moment. */
  catchUp(): Promise<void>;
  /** What the replica's general log has of a table since `forget`, and that of the primary. */
  selectsOf(table: string): Promise<{ readonly primary: number; readonly replica: number }>;
  forget(): Promise<void>;
  stop(): Promise<void>;
}

const LOGGING = ['--log-bin=binlog', '--general-log', '--log-output=TABLE'];

/** @param primaryArguments further ones of the primary, such as `--skip-log-bin` */
export async function startReplication(primaryArguments: readonly string[] = []): Promise<Replication> {
  const [primary, replica] = await Promise.all([
    startMariaDb({ arguments: ['--server-id=1', ...LOGGING, ...primaryArguments] }),
    startMariaDb({ arguments: ['--server-id=2', '--read-only', '--skip-slave-start', ...LOGGING] }),
  ]);
  const both = [primary, replica];
  const follow: Replication['follow'] = async (delaySeconds = 0) => {
    await replica.query('stop slave');
    await replica.query(
      `change master to master_host = '127.0.0.1', master_port = ${primary.port}, master_user = 'root',
         master_password = 'root', master_use_gtid = slave_pos, master_connect_retry = 1,
         master_delay = ${delaySeconds}`,
    );
    await replica.query('start slave');
  };
  return {
    primary,
    replica,
    follow,
    async catchUp() {
      const [row] = await primary.query<{ position: string }>('select @@global.gtid_binlog_pos as position');
      const giveUp = Date.now() + 30_000;
      for (;;) {
        const [there] = await replica.query<{ outcome: number }>(
          'select master_gtid_wait(?, 10) as outcome',
          [row?.position],
        );
        if (Number(there?.outcome) === 0) return;
        if (Date.now() > giveUp) throw new Error('the replica does not catch up');
        await sleep(50);
      }
    },
    async selectsOf(table) {
      const [ofPrimary, ofReplica] = await Promise.all(
        both.map(async (server) => {
          const [row] = await server.query<{ count: number }>(
            `select count(*) as count from mysql.general_log
             where command_type = 'Query' and argument like 'select%' and argument not like '%general_log%' and argument like ?`,
            [`%\`${table}\`%`],
          );
          return Number(row?.count);
        }),
      );
      return { primary: ofPrimary ?? 0, replica: ofReplica ?? 0 };
    },
    async forget() {
      await Promise.all(both.map((server) => server.query('truncate mysql.general_log')));
    },
    async stop() {
      await Promise.all(both.map((server) => server.stop()));
    },
  };
}
