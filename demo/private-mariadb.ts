import { once } from 'node:events';
import { createDatabase } from '../test/support/database.ts';
import { startMariaDb } from '../test/support/mariadb.ts';

// For what tries the bridge from outside of Node: a server of its own with an empty database, and an account that may do
// everything in it. Prints the database's URL, and goes on until it is told to stop; then nothing is left.
const ACCOUNT = { user: 'cscart', password: 'cscart' };

const stopAsked = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
const mariadb = await startMariaDb();
const database = await createDatabase(mariadb.url(''), 'sample_store');
await mariadb.query(`create user '${ACCOUNT.user}'@'%' identified by '${ACCOUNT.password}'`);
await mariadb.query(`grant all on \`${database.name}\`.* to '${ACCOUNT.user}'@'%'`);
await database.close();
console.log(mariadb.url(database.name, ACCOUNT));
await stopAsked;
await mariadb.stop();
