import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findStatus } from '../../src/cscart/store/order-statuses.ts';
import type { TestDatabase } from '../support/database.ts';
import { buildStore, type StoreOptions } from '../support/store/store.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { knowStore } from './know-store.ts';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

const build = (options: StoreOptions) => buildStore(database, { languages: ['en', 'de'], ...options });

describe('the engines of a store', () => {
  it('are those of the tables that are written, each once', async () => {
    const store = await build({ version: '4.18.2 M' });
    await store.run(`alter table ${store.table('orders')} engine = InnoDB`);
    expect((await knowStore(store)).kind.engines).toEqual(['InnoDB', 'MyISAM']);
  });
});

describe('a status', () => {
  it('is found by the name that a reader sees, in any language', async () => {
    const store = await build({
      version: '4.18.2 M',
      statuses: [
        { letter: 'A', name: 'Packed &amp; ready', names: { de: '<b>Verpackt</b>' }, inventory: 'D' },
      ],
    });
    const { statuses } = await knowStore(store);
    for (const name of ['A', 'packed & ready', 'Packed &amp; ready', ' verpackt '])
      expect([name, findStatus(statuses, name)?.letter]).toEqual([name, 'A']);
  });
});

describe('storefronts', () => {
  it('are all known, and that of an order by its row', async () => {
    const store = await build({
      version: '4.12.2 U',
      companies: [
        { companyId: 1, name: 'A', storefront: 'a.example' },
        { companyId: 2, name: 'B &amp; B', storefront: 'b.example' },
      ],
      storefronts: [
        { storefrontId: 4, url: 'a.example/', name: 'Shop A', companyId: 1 },
        { storefrontId: 9, url: 'b.example', name: 'Shop B', companyId: 2, isDefault: false },
      ],
    });
    const { storefronts } = await knowStore(store);
    expect(storefronts.all).toEqual([
      { id: 4, name: 'Shop A', url: 'https://a.example' },
      { id: 9, name: 'Shop B', url: 'https://b.example' },
    ]);
    expect(storefronts.find({ storefrontId: 0, companyId: 2 })?.id).toBe(9);
    expect(storefronts.find({ storefrontId: 3, companyId: 8 })?.id).toBe(4);
    expect(storefronts.companyName(2)).toBe('B & B');
  });
});

describe('settings', () => {
  it('of an add-on that bear the name of one of the core do not count', async () => {
    const store = await build({ version: '4.18.2 M', weightSymbolGrams: '1000' });
    await store.insert('settings_sections', [{ section_id: 90, name: 'General', type: 'ADDON' }]);
    await store.insert('settings_objects', [
      { object_id: 900, name: 'weight_symbol_grams', section_id: 90, value: '1' },
    ]);
    expect((await knowStore(store)).gramsPerWeightUnit).toBe(1000);
  });

  it('put the shop’s own language first', async () => {
    const store = await build({ version: '4.18.2 M', languages: ['de', 'en', 'fr'] });
    await store.run(`update ${store.table('languages')} set status = 'D' where lang_code = 'fr'`);
    expect((await knowStore(store)).languages).toEqual(['de', 'en']);
  });
});
