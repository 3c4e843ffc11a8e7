import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addNotices } from '../../src/commands/notices.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { type EveryKind, NOTE_TO_BUYER, sendEveryKind } from '../support/notices-of-every-kind.ts';
import { runProgram } from '../support/program.ts';
import { buildStore, type Store } from '../support/store/store.ts';
import { startTestBridge } from '../support/test-bridge.ts';
import { createTestDatabase } from '../support/test-database.ts';

let database: TestDatabase;
let store: Store;
let kinds: EveryKind;

beforeAll(async () => {
  database = await createTestDatabase();
  store = await buildStore(database, { version: '4.18.2 M' });
  const bridge = await startTestBridge(store);
  kinds = await sendEveryKind(store, bridge);
  await bridge.close();
});
afterAll(async () => {
  await database.drop();
});

async function run(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const program = runProgram(['notices', ...args], {
    SHIPSTATION_USERNAME: 'shipstation',
    SHIPSTATION_PASSWORD: 'planted-secret-word',
    CSCART_DATABASE_URL: store.url,
    ...environment,
  });
  const exitCode = await program.exitCode;
  return { exitCode, output: program.output(), stdout: program.stdout() };
}

/** One sentence on standard error, and never a stack trace. */
const SENTENCE = /^(?:cscart-shipstation|error): [^\n]+\n$/;

describe('notices', () => {
  it('is the list: a line for each that failed, waits or wants a look, and how many there are', async () => {
    const { exitCode, output } = await run([]);
    expect(exitCode).toBe(0);
    const lines = output.split('\n');
    expect(lines[0]).toBe('Notices that failed, wait, or should be looked at:');
    expect(lines[1]).toMatch(/^ {3}notice +came \(.+\) +order +state +tracking number +decided$/);
    const stateOf = (trackingNumber: string) =>
      /^ {3}\d +\d{4}-\d\d-\d\d \d\d:\d\d +\d+ {2,}(\S.*?) {2,}/.exec(
        lines.find((line) => line.includes(trackingNumber)) ?? '',
      )?.[1];
    expect(stateOf('1ZUNMATCHED')).toBe('failed');
    expect(stateOf('1ZWAITS')).toBe('waiting');
    expect(stateOf('1ZHALF')).toBe('waiting, half written');
    expect(stateOf('1ZAGAIN')).toBe('applied, look at it');
    expect(stateOf('1ZAPPLIED')).toBeUndefined();
    expect(output).toContain('3 failed, 2 waiting, 2 applied; 4 of them to be looked at.');
  });

  it('list says how many more there are', async () => {
    const { output } = await run(['list', '--state', 'failed', '--limit', '1']);
    expect(output).toContain('… and 2 more: --limit 3 shows them all.');
  });

  it('list --json is for a program', async () => {
    const order = kinds.applied.orderId;
    const { exitCode, stdout } = await run(['list', '--order', String(order), '--since', '1d', '--json']);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      notices: [
        { noticeId: 5, order: String(order), state: 'applied', needsAttention: true, shipmentId: null },
        { noticeId: 1, trackingNumber: '1ZAPPLIED', receivedAt: expect.stringMatching(/Z$/) },
      ],
      more: 0,
      counts: { all: 2, applied: 2 },
    });
  });

  it('show tells all of a notice, the note to the buyer too', async () => {
    const { exitCode, output } = await run(['show', '1']);
    expect(exitCode).toBe(0);
    expect(output).toMatch(new RegExp(`^Notice 1, order ${kinds.applied.orderId}: applied$`, 'm'));
    for (const line of [
      'tracking number   1ZAPPLIED',
      `note to the buyer ${NOTE_TO_BUYER}`,
      'items             2 × MUG, Mug',
      `decision          2 units of order ${kinds.applied.orderId} shipped`,
      'order status      stays as it is',
      'carrier           ups',
      'order status      P (Paid)',
    ])
      expect(output).toContain(`   ${line}\n`);
    expect(output).toMatch(/In the store now\n {3}shipment +\d+\n/);
    expect(output).toMatch(/What to do\n {3}Nothing\.\n$/);
  });

  it('show tells why a notice failed, and what to do', async () => {
    const { output } = await run(['show', String(kinds.unmatched.noticeId)]);
    expect(output).toContain('items             1 × CAP, Cap\n');
    expect(output).toContain(`None of the shipped items is a line of order ${kinds.unmatched.orderId}.`);
    expect(output).toContain('then run "cscart-shipstation notices retry 2"');
    expect(output).toContain('   shipment          none of this notice\n');
  });

  it('show --json and --raw hold what came, to the byte', async () => {
    const json = JSON.parse((await run(['show', '3', '--json'])).stdout) as { body: string; query: string };
    expect(json).toMatchObject({
      noticeId: 3,
      state: 'refused',
      came: { isReadable: false },
      shipment: null,
    });
    expect(json.body).toContain('<Quantity>0.5</Quantity>');
    const { stdout } = await run(['show', '3', '--raw']);
    expect(stdout).toBe(`${json.query}\n${json.body}`);
    expect(stdout).not.toContain('password');
  });

  it('show shows no control character that came with a notice', async () => {
    const table = `${store.prefix}shipstation_notices`;
    await store.run(`update ${table} set decision = 'a\\u009b31mred\u009b31m \u001b[2J' where notice_id = 4`);
    for (const args of [['show', '4'], ['list']]) {
      const { output } = await run(args);
      expect(output).toContain('red\ufffd31m \ufffd[2J');
      expect(output).not.toMatch(/\p{Cc}(?<!\n)/u);
    }
  });

  it('of a number that is not there says which is the latest', async () => {
    expect(await run(['show', '4711'])).toMatchObject({
      exitCode: 1,
      output: expect.stringMatching(/^cscart-shipstation: there is no notice 4711: the latest is 7; .+\n$/),
    });
  });
});

describe('notices retry', () => {
  it('tells the outcome of each, and ends with 1 while one is not applied', async () => {
    const { unmatched, unknownOrder, waiting } = kinds;
    const before = await run(['retry', '1', String(unmatched.noticeId), '4711', '1']);
    expect(before.exitCode).toBe(1);
    expect(before.output).toBe(
      [
        'Notice 1: nothing to do. This shipment has been recorded already.',
        `Notice 2: failed again. None of the shipped items is a line of order ${unmatched.orderId}.`,
        'Notice 4711: failed. There is no notice of this number.',
        '',
        '1 nothing to do, 1 failed again, 1 failed.\n',
      ].join('\n'),
    );
    await store.run(`update ${store.table('order_details')} set product_code = 'CAP' where order_id = ?`, [
      unmatched.orderId,
    ]);
    await store.setStatus(waiting.orderId, 'P');
    const after = await run(['retry', String(unmatched.noticeId), String(waiting.noticeId), '--json']);
    expect(after.exitCode).toBe(0);
    expect(JSON.parse(after.stdout)).toMatchObject({ retried: [{ kind: 'applied' }, { kind: 'applied' }] });
    expect(await store.shipments(unmatched.orderId)).toMatchObject([{ items: [{ amount: 1 }] }]);

    const failed = await run(['retry', '--failed', '--since', '1h', '--verbose']);
    expect(failed.exitCode).toBe(1);
    expect(failed.stdout.match(/^Notice \d+: failed again\./gm)).toHaveLength(2);
    expect(failed.stdout).toContain(`Notice ${unknownOrder.noticeId}: failed again.`);
    expect(failed.output).toContain('"event":"notice.refused","noticeId":4');
    expect(failed.stdout).not.toContain('"event"');
  });

  it('waits for whoever works on the order, and says so where that takes too long', async () => {
    const { orderId } = await store.addOrder({ status: 'N' });
    const bridge = await startTestBridge(store);
    await bridge.request(`action=shipnotify&order_number=${orderId}&tracking_number=1ZLOCK`, {
      method: 'POST',
    });
    await bridge.close();
    await store.setStatus(orderId, 'P');
    const [held] = await store.query<{ noticeId: number }>(
      `select max(notice_id) as noticeId from ${store.prefix}shipstation_notices`,
    );
    const holder = openDatabase(store.url);
    const name = `concat('shipstation:', left(md5('${database.name}'), 12), ':order:${orderId}')`;
    // One connection holds it as long as it sleeps.
    const sleeping = holder.query(`select get_lock(${name}, 0), sleep(600)`).catch(() => undefined);
    try {
      const { exitCode, output } = await run(['retry', String(held?.noticeId)]);
      expect(output).toMatch(/: waits\. Order \d+ is being worked on at this moment\.\n$/);
      expect(exitCode).toBe(1);
      expect(await store.shipments(orderId)).toEqual([]);
    } finally {
      const [connection] = await store.query<{ id: number }>(
        `select id from information_schema.processlist where info like '%sleep(600)%' and id <> connection_id()`,
      );
      await store.run(`kill ${connection?.id}`);
      await sleeping;
      await holder.close();
    }
  });

  it('--dry-run tells what would be written, and writes nothing', async () => {
    const { orderId } = await store.addOrder({ lines: [{ sku: 'MUG', name: 'Mug', quantity: 2 }] });
    const bridge = await startTestBridge(store);
    await bridge.shipstation.label({
      orderNumber: String(orderId),
      carrier: 'UPS',
      service: 'UPS Ground',
      trackingNumber: '1ZDRY',
      notesToCustomer: NOTE_TO_BUYER,
      items: [{ sku: 'CAP', name: 'Cap', quantity: 2 }],
    });
    await bridge.close();
    await store.run(
      `update ${store.table('order_details')} set product_code = 'CAP' where order_id = ${orderId}`,
    );
    const before = await store.snapshot();
    const [notice] = await store.query<{ noticeId: number }>(
      `select notice_id as noticeId from ${store.prefix}shipstation_notices where order_id = ${orderId}`,
    );
    const { exitCode, output } = await run(['retry', String(notice?.noticeId), '4711', '--dry-run']);
    expect(exitCode).toBe(1);
    expect(output).toMatch(
      new RegExp(
        [
          `^Notice ${notice?.noticeId}: would be applied\\. 2 units of order ${orderId} shipped\\.`,
          ` {3}a new shipment of order ${orderId}: tracking number 1ZDRY, carrier ups, shipped at [-0-9]+ [:0-9]+, comment ".*${NOTE_TO_BUYER}.*"`,
          ' {3}in the new shipment: 2 of line \\d+',
          ` {3}order ${orderId}: status P → C`,
          'Notice 4711: failed\\. There is no notice of this number\\.',
          '',
          '1 would be applied, 1 failed\\.',
          'Nothing was written\\.',
          '$',
        ].join('\\n'),
      ),
    );
    const json = await run(['retry', String(notice?.noticeId), '--dry-run', '--json']);
    expect(json.exitCode).toBe(0);
    expect(JSON.parse(json.stdout)).toMatchObject({
      dryRun: true,
      retried: [
        {
          kind: 'applied',
          written: [
            { kind: 'shipment', shipment: { shippedAt: expect.stringMatching(/Z$/) } },
            { kind: 'items', shipmentId: null, items: [{ amount: 2 }] },
            { kind: 'status', to: 'C' },
          ],
        },
      ],
    });
    expect(await store.snapshot()).toEqual(before);
  });

  it('says that no notice failed', async () => {
    expect(await run(['retry', '--failed', '--since', '2037-01-01'])).toMatchObject({
      exitCode: 0,
      output: 'No notice failed.\n',
    });
  });
});

describe('a wrong argument', () => {
  it('ends the program with 2, before anything else is looked at', async () => {
    const { exitCode, output } = await run(['show', 'seventeen'], { CSCART_DATABASE_URL: '' });
    expect(exitCode).toBe(2);
    expect(output).toMatch(SENTENCE);
    expect(output).toContain("'seventeen' is invalid for argument 'number'. It is a number, such as 17.");
  });

  it.each([
    [['show'], /missing required argument 'number'/],
    [['show', '0'], /'0' is invalid/],
    [['list', '--state', 'lost'], /Allowed choices are failed, waiting, applied, attention/],
    [['list', '--since', 'yesterday'], /'yesterday' is invalid.*2026-11-01/],
    [['list', '--order', '10x42'], /'10x42' is invalid.*such as 1042/],
    [['list', '--limit', '0'], /'0' is invalid.*1 to 10000/],
    [['retry'], /^which notices\? Name them by their numbers, or use --failed$/],
    [['retry', '1', '--failed'], /not both/],
    [['retry', '1', '--since', '7d'], /--since goes with --failed/],
    [['retry', '1', 'two'], /'two' is invalid/],
    [['retry', '1', '--dry-run', '--verbose'], /cannot be used with/],
    [['lst'], /unknown command 'lst'|too many arguments/],
    [['show', '1', '--raw', '--json'], /cannot be used with/],
  ])('%j is told in one sentence', async (args, sentence) => {
    const program = new Command().exitOverride().configureOutput({ writeErr: () => {} });
    addNotices(program, () => {
      throw new Error('the settings were read');
    });
    await expect(program.parseAsync(['notices', ...args], { from: 'user' })).rejects.toThrow(sentence);
  });
});

describe('what cannot be done is said in one sentence, with the exit code 2', () => {
  it('without a database', async () => {
    const { exitCode, output } = await run(['list'], {
      CSCART_DATABASE_URL: 'mysql://user:planted-secret-word@127.0.0.1:1/shop',
    });
    expect(exitCode).toBe(2);
    expect(output).toMatch(SENTENCE);
    expect(output).toMatch(/ECONNREFUSED.*does it run/);
  });

  it('with a password that is not right', async () => {
    const url = new URL(store.url);
    url.password = 'planted-secret-word';
    const { exitCode, output } = await run(['list'], { CSCART_DATABASE_URL: url.href });
    expect(exitCode).toBe(2);
    expect(output).toMatch(SENTENCE);
    expect(output).toContain('user and password');
    expect(output).not.toContain('planted-secret-word');
  });

  it('with a prefix that is not there', async () => {
    const { exitCode, output } = await run(['list'], { CSCART_TABLE_PREFIX: 'shop_' });
    expect(exitCode).toBe(2);
    expect(output).toMatch(SENTENCE);
    expect(output).toMatch(/CSCART_TABLE_PREFIX is "shop_".*"cscart_"/);
  });

  it('with an account that has no right to the table of notices, or to the store', async () => {
    const account = "'looker'@'%'";
    await store.run(`create user ${account} identified by 'secret'`);
    try {
      const url = new URL(store.url);
      url.username = 'looker';
      url.password = 'secret';
      const environment = { CSCART_DATABASE_URL: url.href };
      const all = await run(['list'], environment);
      expect(all).toMatchObject({ exitCode: 2, output: expect.stringMatching(SENTENCE) });
      const [tables] = [await store.query<Record<string, string>>(`show tables`)];
      for (const row of tables) {
        const [name = ''] = Object.values(row);
        if (!name.endsWith('shipstation_notices'))
          await store.run(`grant select on \`${database.name}\`.\`${name}\` to ${account}`);
      }
      const notices = await run(['list'], environment);
      expect(notices).toMatchObject({ exitCode: 2, output: expect.stringMatching(SENTENCE) });
      expect(notices.output).toMatch(/cscart_shipstation_notices is missing, or this account may not see it/);
    } finally {
      await store.run(`drop user ${account}`);
    }
  });

  it('with own tables that are half made, or not there', async () => {
    const table = `${store.prefix}shipstation_notices`;
    await store.run(`alter table ${table} drop column plan`);
    const halfMade = await run(['list']);
    expect(halfMade).toMatchObject({ exitCode: 2, output: expect.stringMatching(SENTENCE) });
    expect(halfMade.output).toMatch(/has no column plan; .*alter table `cscart_shipstation_notices` add/);
    await store.run(`drop table ${table}`);
    const missing = await run(['show', '1']);
    expect(missing).toMatchObject({ exitCode: 2, output: expect.stringMatching(SENTENCE) });
    expect(missing.output).toContain('run "cscart-shipstation install"');
    expect(await store.query(`show tables like '${table}'`)).toEqual([]);
  });
});
