import { describe, expect, it } from 'vitest';
import type { Store } from '../support/store/store.ts';
import { exportingStore } from './exporting-store.ts';

/** Names in the store's second language, and a state that the merchant keeps under a code of his own. */
async function translateStates(store: Store): Promise<void> {
  const names = [
    ['US', 'CA', 'Kalifornien'],
    ['US', 'NY', 'Bundesstaat New&nbsp;York'],
    ['CA', 'QC', 'Provinz Québec'],
    ['DE', 'BAY', 'Freistaat Bayern'],
    ['FR', '69', 'Rhône &amp; Lyon'],
  ];
  for (const [country, code, name] of names) {
    await store.run(
      `update ${store.table('state_descriptions')} d join ${store.table('states')} s on s.state_id = d.state_id
          set d.state = ? where s.country_code = ? and s.code = ? and d.lang_code = 'de'`,
      [name, country, code],
    );
  }
  await store.insert('states', [{ state_id: 9001, country_code: 'US', code: '42' }]);
  await store.insert('state_descriptions', [
    { state_id: 9001, lang_code: 'en', state: 'Texas' },
    { state_id: 9001, lang_code: 'de', state: 'Texas' },
  ]);
}

describe.each(['4.0.1 M', '4.6.1 M', '4.12.2 U', '4.20.1 U'] as const)('a state of %s', (version) => {
  const shop = exportingStore({ version, languages: ['en', 'de'] }, translateStates);

  it.each([
    ['US', 'NY', 'NY'],
    ['US', 'ny', 'NY'],
    ['US', 'New York', 'NY'],
    ['US', 'new york', 'NY'],
    ['US', 'N.Y.', 'NY'],
    ['US', 'US-NY', 'NY'],
    ['US', 'Washington DC', 'DC'],
    ['US', 'D.C.', 'DC'],
    ['US', 'Puerto Rico', 'PR'],
    ['US', 'AE', 'AE'],
    ['US', 'Kalifornien', 'CA'],
    ['US', 'Bundesstaat New York', 'NY'],
    // The merchant's own code of a state that his list calls by its name.
    ['US', '42', 'TX'],
    // What nobody knows goes as it was typed: a person may understand it.
    ['US', 'Upstate', 'Upstate'],
    ['CA', 'QC', 'QC'],
    ['CA', 'Quebec', 'QC'],
    ['CA', 'Québec', 'QC'],
    ['CA', 'Provinz Québec', 'QC'],
    ['CA', 'Ontario', 'ON'],
    ['CA', 'British Columbia', 'BC'],
    // In no list of the store.
    ['CA', 'Nova Scotia', 'NS'],
    ['CA', 'Newfoundland', 'NL'],
    ['DE', 'BAY', 'Bayern'],
    ['DE', 'bay', 'Bayern'],
    ['DE', 'Hessen', 'Hessen'],
    ['FR', '75', 'Paris'],
    ['FR', '69', 'Rhône'],
    ['BR', 'SP', 'São Paulo'],
    ['GB', 'DEV', 'Devon'],
    // A country without a list: whatever was typed.
    ['JP', '13', '13'],
    ['AE', 'Dubai', 'Dubai'],
    ['AE', '', undefined],
  ])('of %s that the order has as "%s" is %s', async (country, state, shown) => {
    const { ShipTo, BillTo } = await shop.exportOne({
      shipTo: { country, state },
      billTo: { country, state },
    });
    expect([ShipTo.State, BillTo.State]).toEqual([shown, shown]);
  });
});

describe('a state of a store in German', () => {
  const shop = exportingStore({ version: '4.18.2 M', languages: ['de', 'en'] }, translateStates);

  it.each([
    ['US', 'CA', 'CA'],
    ['US', 'Kalifornien', 'CA'],
    ['US', 'California', 'CA'],
    ['DE', 'BAY', 'Freistaat Bayern'],
    ['FR', '69', 'Rhône & Lyon'],
    ['CH', 'ZH', 'Zürich'],
  ])('of %s that the order has as "%s" is %s', async (country, state, shown) => {
    const { ShipTo } = await shop.exportOne({ shipTo: { country, state } });
    expect(ShipTo.State).toBe(shown);
  });
});
