import { expect, it } from 'vitest';
import { freePort, runProgram } from '../support/program.ts';
import { createShipStation } from '../support/shipstation-client.ts';
import { buildStore } from '../support/store/store.ts';
import { createTestDatabase } from '../support/test-database.ts';

/** Planted where a store and ShipStation keep what is nobody's business; each word stands nowhere else. */
const PLANTED = {
  name: 'Plantagenet',
  email: 'planted-mail@example.test',
  phone: '+1-555-PLANTED',
  address: 'Plantedstreet 77',
  company: 'Planted & Sons',
  note: 'planted-note-to-the-shop',
  product: 'Planted-product-name',
  coupon: 'plantedcoupon',
  password: 'planted-password',
  wrongPassword: 'planted-wrong-password',
} as const;

it('no credential and no personal datum gets into the log, whatever happens', async () => {
  const database = await createTestDatabase();
  const store = await buildStore(database, { version: '4.18.2 M' });
  const person = { firstname: PLANTED.name, lastname: PLANTED.name, phone: PLANTED.phone };
  const place = { ...person, address: PLANTED.address, city: PLANTED.name };
  const order = {
    customer: { ...person, email: PLANTED.email, company: PLANTED.company },
    billTo: place,
    shipTo: place,
    lines: [{ name: PLANTED.product, sku: 'A', quantity: 2 }],
    coupons: [PLANTED.coupon],
    notes: PLANTED.note,
    details: PLANTED.note,
  };
  const placed = await store.addOrder(order);
  await store.addOrder({ ...order, shipTo: { ...place, city: '' } });
  const [port, opsPort] = [await freePort(), await freePort()];
  const program = runProgram(['serve'], {
    SHIPSTATION_USERNAME: 'shipstation',
    SHIPSTATION_PASSWORD: PLANTED.password,
    CSCART_DATABASE_URL: store.url,
    PORT: String(port),
    OPS_PORT: String(opsPort),
    LOG_LEVEL: 'trace',
  });
  try {
    await program.waitFor('bridge.ready');
    const url = `http://127.0.0.1:${port}/shipstation`;
    const connect = (password: string, authentication: 'basic' | 'query') =>
      createShipStation({ url, username: 'shipstation', password, authentication });
    const shipstation = connect(PLANTED.password, 'query');
    const window = { start: new Date(Date.now() - 60_000), end: new Date() };
    await shipstation.poll(window);
    await expect(connect(PLANTED.wrongPassword, 'query').poll(window)).rejects.toThrow(/401/);
    const label = { orderNumber: String(placed.orderId), carrier: 'UPS', service: '', trackingNumber: '1Z' };
    const item = { sku: 'A', name: PLANTED.product, quantity: 1 };
    const answers = [
      await shipstation.label({ ...label, notesToCustomer: PLANTED.note, items: [item] }),
      await shipstation.label({ ...label, items: [{ ...item, sku: 'B', name: PLANTED.name }] }),
      await shipstation.label({ ...label, orderNumber: PLANTED.name }),
      await shipstation.label({
        ...label,
        items: [{ ...item, quantity: -1 }],
        notesToCustomer: PLANTED.note,
      }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 422, 404, 400]);
    // What fails in the database fails with a statement full of values.
    await store.run(`alter table ${store.table('shipments')} change comments remarks mediumtext`);
    const failed = await shipstation.label({ ...label, trackingNumber: '2Z', notesToCustomer: PLANTED.note });
    expect(failed.status).toBe(503);
    const shipments = store.table('shipments');
    await store.run(
      `update ${shipments} set remarks = ''; alter table ${shipments} change remarks comments varchar(5)`,
    );
    const tooLong = await shipstation.label({
      ...label,
      trackingNumber: '3Z',
      notesToCustomer: PLANTED.note,
    });
    expect(tooLong.status).toBe(500);
    expect(tooLong.body).not.toContain(PLANTED.note);
    program.process.kill('SIGTERM');
    expect(await program.exitCode).toBe(0);

    const events = new Set(program.logs().map((line) => line['event']));
    for (const event of [
      'order.left_out',
      'notice.applied',
      'notice.refused',
      'request.failed',
      'store.not_ready',
    ]) {
      expect(events).toContain(event);
    }
    for (const planted of Object.values(PLANTED)) expect(program.output()).not.toContain(planted);
  } finally {
    program.process.kill('SIGKILL');
    await database.drop();
  }
});
