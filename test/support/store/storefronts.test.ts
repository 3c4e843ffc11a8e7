import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../database.ts';
import { createTestDatabase } from '../test-database.ts';
import { buildStore, type Store } from './store.ts';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase('store');
});

afterEach(async () => {
  await database.drop();
});

const storefronts = (store: Store) =>
  store.query(
    `select s.storefront_id, s.url, s.is_default, s.name, c.company_id from ${store.table('storefronts')} s
       left join ${store.table('storefronts_companies')} c on c.storefront_id = s.storefront_id order by 1`,
  );
const companies = (store: Store) =>
  store.query(`select company_id, company, storefront from ${store.table('companies')} order by company_id`);

describe('the storefronts and companies of a store', () => {
  it('are one, unless others are asked for', async () => {
    const store = await buildStore(database, { version: '4.11.3 U', storefrontUrl: 'a.example/shop' });
    expect(await storefronts(store)).toEqual([
      { storefront_id: 1, url: 'a.example/shop', is_default: 'Y', name: 'Acme Goods', company_id: 1 },
    ]);
    expect(await companies(store)).toEqual([
      { company_id: 1, company: 'Acme Goods', storefront: 'a.example/shop' },
    ]);
  });

  it('are two vendors and an untied storefront in the edition with vendors', async () => {
    const store = await buildStore(database, { version: '4.11.2 M' });
    expect(await storefronts(store)).toMatchObject([{ url: 'shop.example.com', company_id: null }]);
    expect(await companies(store)).toEqual([
      { company_id: 1, company: 'Acme Goods', storefront: '' },
      { company_id: 2, company: 'Bolt Works', storefront: '' },
    ]);
  });

  it('are those that a test names', async () => {
    const store = await buildStore(database, {
      version: '4.20.1 U',
      storefronts: [
        { storefrontId: 4, url: 'tools.example', companyId: 2, name: 'Tools' },
        { storefrontId: 9, url: 'toys.example', companyId: 3, isDefault: false },
      ],
      companies: [
        { companyId: 2, name: 'Tools Ltd', storefront: 'tools.example' },
        { companyId: 3, name: 'Toys Ltd' },
      ],
    });
    expect(await storefronts(store)).toEqual([
      { storefront_id: 4, url: 'tools.example', is_default: 'Y', name: 'Tools', company_id: 2 },
      { storefront_id: 9, url: 'toys.example', is_default: 'N', name: 'Acme Goods', company_id: 3 },
    ]);
    expect(await companies(store)).toEqual([
      { company_id: 2, company: 'Tools Ltd', storefront: 'tools.example' },
      { company_id: 3, company: 'Toys Ltd', storefront: '' },
    ]);
  });

  it('are companies alone before 4.11', async () => {
    const store = await buildStore(database, {
      version: '4.8.1 U',
      storefronts: [{ storefrontId: 1, url: 'a.example' }],
      companies: [
        { companyId: 1, name: 'A', storefront: 'a.example' },
        { companyId: 2, name: 'B', storefront: 'b.example/shop' },
      ],
    });
    expect(await companies(store)).toMatchObject([
      { storefront: 'a.example' },
      { storefront: 'b.example/shop' },
    ]);
  });
});
