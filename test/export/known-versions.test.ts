import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store as KnownStore } from '../../src/cscart/store/store.ts';
import type { TestDatabase } from '../support/database.ts';
import { buildStore, type Store } from '../support/store/store.ts';
import { isAtLeast, isMultiVendor, STORE_VERSIONS, type StoreVersion } from '../support/store/version.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { knowStore } from './know-store.ts';

/** A version as a number that can be compared: 4.12.2 is 4,012,002. */
function numberOf(version: string): number {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return major * 1e6 + minor * 1e3 + patch;
}

/** Whether a range as the bridge says it, `4.12.2 to before 4.13` or `4.19 or later`, holds a version. */
function holds(range: string, version: string): boolean {
  const [, from = '', to] = /^(\S+) (?:to before (\S+)|or later)$/.exec(range) ?? [];
  expect(from).not.toBe('');
  const wanted = numberOf(version);
  return numberOf(from) <= wanted && (to === undefined || wanted < numberOf(to));
}

describe.each(STORE_VERSIONS)('a store of %s', (version) => {
  let database: TestDatabase;
  let known: KnownStore;

  beforeAll(async () => {
    database = await createTestDatabase();
    known = await knowStore(await buildBilingual(database, version));
  });
  afterAll(() => database.drop());

  it('is known by its edition, a range of versions that holds its own, and its engine', () => {
    const { edition, versions, engines } = known.kind;
    expect([edition, engines]).toEqual([isMultiVendor(version) ? 'Multi-Vendor' : 'CS-Cart', ['MyISAM']]);
    expect([versions, holds(versions, version.slice(0, -2))]).toEqual([versions, true]);
  });

  it('is known by its settings', () => {
    expect(known).toMatchObject({
      primaryCurrency: 'EUR',
      gramsPerWeightUnit: 1000,
      timeZone: 'Asia/Tokyo',
      languages: ['en', 'de'],
    });
  });

  it('is known by its statuses and its shipping methods, in all languages', () => {
    const { statuses, shippingMethods, carriers } = known;
    expect(new Set(statuses.map(({ letter }) => letter))).toEqual(new Set('ABCDFIOPY'));
    expect(statuses.find(({ letter }) => letter === 'A')).toEqual({
      letter: 'A',
      names: expect.arrayContaining(['Shipped', 'Versandt']),
      stockEffect: 'increase',
    });
    expect(statuses.find(({ letter }) => letter === 'O')).toMatchObject({
      names: expect.arrayContaining(['Open', 'Offen']),
      stockEffect: 'decrease',
    });
    const names = shippingMethods.find(({ id }) => id === 2)?.names.values() ?? [];
    expect([...names]).toEqual(expect.arrayContaining(['UPS Ground', 'UPS & Co']));
    expect(carriers).toContain(version === '4.0.1 M' ? 'UPS' : 'ups');
  });

  it('is known by its fields and their choices, in all languages', () => {
    const [field] = known.profileFields;
    expect(field).toMatchObject({ type: 'S', name: '' });
    expect(Object.fromEntries(field?.labels ?? [])).toEqual({ de: 'Zeit', en: 'Slot' });
    const [choice] = field?.choices.values() ?? [];
    expect(Object.fromEntries(choice ?? [])).toEqual({ de: 'Vormittag', en: 'Morning' });
  });

  it('is known by its states and its storefronts', () => {
    const { states, storefronts } = known;
    expect(states.nameOf('DE', 'BAY')).toBe('Bayern');
    expect(states.codeOf('US', 'new york')).toBe('NY');
    const hasAddress = !isMultiVendor(version) || isAtLeast(version, '4.11.2');
    expect(storefronts.find({ storefrontId: 1, companyId: 1 })?.url).toBe(
      hasAddress ? 'https://shop.example.com' : undefined,
    );
    expect(storefronts.companyName(1)).toBe('Acme Goods');
  });
});

async function buildBilingual(database: TestDatabase, version: StoreVersion): Promise<Store> {
  const store = await buildStore(database, {
    version,
    languages: ['en', 'de'],
    timezone: 'Asia/Tokyo',
    primaryCurrency: 'EUR',
    weightSymbolGrams: '1000',
    statuses: [{ letter: 'A', name: 'Shipped', names: { de: 'Versandt' }, inventory: 'I' }],
  });
  await store.addProfileField({
    name: '',
    label: 'Slot',
    labels: { de: 'Zeit' },
    type: 'S',
    values: [{ label: 'Morning', labels: { de: 'Vormittag' } }],
  });
  await store.run(
    `update ${store.table('shipping_descriptions')} set shipping = 'UPS &amp; Co'
      where shipping_id = 2 and lang_code = 'de'`,
  );
  return store;
}
