import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stateName } from '../../../../src/bridge/export-orders/order-document/state-name.ts';
import type { States } from '../../../../src/cscart/store/states.ts';
import { aStore } from '../../a-store.ts';

const NO_STATES = aStore().states;

/** The states that a store lists: country, code, names. */
function statesOf(
  ...rows: readonly (readonly [country: string, code: string, ...names: string[]])[]
): States {
  return {
    nameOf: (country, code) => rows.find((row) => row[0] === country && row[1] === code)?.[2],
    codeOf: (country, name) =>
      rows.find(([ofCountry, , ...names]) => ofCountry === country && names.includes(name))?.[1],
  };
}

// Written down anew from USPS Publication 28, appendix B, and from Canada Post's guide.
const US_STATES = [
  ['AL', 'Alabama'],
  ['AK', 'Alaska'],
  ['AZ', 'Arizona'],
  ['AR', 'Arkansas'],
  ['CA', 'California'],
  ['CO', 'Colorado'],
  ['CT', 'Connecticut'],
  ['DE', 'Delaware'],
  ['FL', 'Florida'],
  ['GA', 'Georgia'],
  ['HI', 'Hawaii'],
  ['ID', 'Idaho'],
  ['IL', 'Illinois'],
  ['IN', 'Indiana'],
  ['IA', 'Iowa'],
  ['KS', 'Kansas'],
  ['KY', 'Kentucky'],
  ['LA', 'Louisiana'],
  ['ME', 'Maine'],
  ['MD', 'Maryland'],
  ['MA', 'Massachusetts'],
  ['MI', 'Michigan'],
  ['MN', 'Minnesota'],
  ['MS', 'Mississippi'],
  ['MO', 'Missouri'],
  ['MT', 'Montana'],
  ['NE', 'Nebraska'],
  ['NV', 'Nevada'],
  ['NH', 'New Hampshire'],
  ['NJ', 'New Jersey'],
  ['NM', 'New Mexico'],
  ['NY', 'New York'],
  ['NC', 'North Carolina'],
  ['ND', 'North Dakota'],
  ['OH', 'Ohio'],
  ['OK', 'Oklahoma'],
  ['OR', 'Oregon'],
  ['PA', 'Pennsylvania'],
  ['RI', 'Rhode Island'],
  ['SC', 'South Carolina'],
  ['SD', 'South Dakota'],
  ['TN', 'Tennessee'],
  ['TX', 'Texas'],
  ['UT', 'Utah'],
  ['VT', 'Vermont'],
  ['VA', 'Virginia'],
  ['WA', 'Washington'],
  ['WV', 'West Virginia'],
  ['WI', 'Wisconsin'],
  ['WY', 'Wyoming'],
] as const;
const US_TERRITORIES = [
  ['DC', 'District of Columbia'],
  ['AS', 'American Samoa'],
  ['GU', 'Guam'],
  ['MP', 'Northern Mariana Islands'],
  ['PR', 'Puerto Rico'],
  ['VI', 'Virgin Islands'],
  ['UM', 'United States Minor Outlying Islands'],
  ['FM', 'Federated States of Micronesia'],
  ['MH', 'Marshall Islands'],
  ['PW', 'Palau'],
  ['AA', 'Armed Forces Americas'],
  ['AE', 'Armed Forces Europe'],
  ['AP', 'Armed Forces Pacific'],
] as const;
const CA_PROVINCES = [
  ['AB', 'Alberta'],
  ['BC', 'British Columbia'],
  ['MB', 'Manitoba'],
  ['NB', 'New Brunswick'],
  ['NL', 'Newfoundland and Labrador'],
  ['NS', 'Nova Scotia'],
  ['NT', 'Northwest Territories'],
  ['NU', 'Nunavut'],
  ['ON', 'Ontario'],
  ['PE', 'Prince Edward Island'],
  ['QC', 'Quebec'],
  ['SK', 'Saskatchewan'],
  ['YT', 'Yukon'],
] as const;
const ALL = [
  ...US_STATES.map(([code, name]) => ['US', code, name] as const),
  ...US_TERRITORIES.map(([code, name]) => ['US', code, name] as const),
  ...CA_PROVINCES.map(([code, name]) => ['CA', code, name] as const),
];

test('there are 50 states, and 13 provinces and territories', () => {
  expect([US_STATES.length, CA_PROVINCES.length]).toEqual([50, 13]);
});

describe('two letters are sent', () => {
  test.each(ALL)('in %s %s for %s', (country, code, name) => {
    const typed = [
      code,
      code.toLowerCase(),
      ` ${code}. `,
      `${country}-${code}`,
      `${country}-${code}`.toLowerCase(),
      name,
      name.toLowerCase(),
      name.toUpperCase(),
      ` ${name} `,
      name.replaceAll(' ', ''),
      name.replaceAll(' ', '-'),
    ];
    for (const state of typed) expect(stateName(state, country, NO_STATES), state).toBe(code);
  });

  test.each<[string, string, string]>([
    ['US', 'Washington, D.C.', 'DC'],
    ['US', 'Washington DC', 'DC'],
    ['US', 'D.C.', 'DC'],
    ['US', 'U.S. Virgin Islands', 'VI'],
    ['US', 'N.Y.', 'NY'],
    ['CA', 'Québec', 'QC'],
    ['CA', 'Que\u0301bec', 'QC'],
    ['CA', 'P.Q.', 'QC'],
    ['CA', 'P.E.I.', 'PE'],
    ['CA', 'Île-du-Prince-Édouard', 'PE'],
    ['CA', 'Colombie-Britannique', 'BC'],
    ['CA', 'Nouvelle-Écosse', 'NS'],
    ['CA', 'Nouveau-Brunswick', 'NB'],
    ['CA', 'Terre-Neuve-et-Labrador', 'NL'],
    ['CA', 'Territoires du Nord-Ouest', 'NT'],
    ['CA', 'Newfoundland', 'NL'],
    // Codes that Canada Post no longer uses, but stores still do.
    ['CA', 'NF', 'NL'],
    ['CA', 'PQ', 'QC'],
    ['CA', 'YK', 'YT'],
    ['CA', 'Yukon Territory', 'YT'],
  ])('in %s for %s', (country, state, code) => {
    expect(stateName(state, country, NO_STATES)).toBe(code);
  });

  test.each<[string, string, string, States, string]>([
    [
      'its name in another language',
      'Калифорния',
      'US',
      statesOf(['US', 'CA', 'California', 'Калифорния']),
      'CA',
    ],
    [
      'a code of its own, by the name that it has',
      'CALIF',
      'US',
      statesOf(['US', 'CALIF', 'California', 'Калифорния']),
      'CA',
    ],
    [
      'a name in another language of a code of its own',
      'Калифорния',
      'US',
      statesOf(['US', 'CALIF', 'California', 'Калифорния']),
      'CA',
    ],
    ['its name in the store’s only language', 'Калифорния', 'US', statesOf(['US', 'CA', 'Калифорния']), 'CA'],
    ['a number of its own', '12', 'CA', statesOf(['CA', '12', 'Québec']), 'QC'],
    ['a code with its country before it', 'US-12', 'US', statesOf(['US', '12', 'Oregon']), 'OR'],
  ])('for what the store’s own list says: %s', (_, state, country, states, code) => {
    expect(stateName(state, country, states)).toBe(code);
  });

  test('also where the store’s list says something else of a known state', () => {
    expect(stateName('CA', 'US', statesOf(['US', 'CA', 'Nevada']))).toBe('CA');
    expect(stateName('Oregon', 'US', statesOf(['US', 'NV', 'Oregon']))).toBe('OR');
  });

  test('of the order’s country alone', () => {
    expect(stateName('ON', 'US', NO_STATES)).toBe('ON');
    expect(stateName('Ontario', 'US', NO_STATES)).toBe('Ontario');
    expect(stateName('Oregon', 'CA', NO_STATES)).toBe('Oregon');
  });
});

describe('a state is sent as it was typed', () => {
  test.each<[string, string, States]>([
    ['Somewhere', 'US', NO_STATES],
    ['US-Somewhere', 'US', NO_STATES],
    ['Orange County', 'US', statesOf(['US', 'CA', 'California'])],
    ['New York City', 'US', NO_STATES],
    ['Virgin', 'US', NO_STATES],
    ['XX', 'CA', NO_STATES],
    ['---', 'US', NO_STATES],
    ['США', 'US', NO_STATES],
    // A state of the store's own that nobody else knows.
    ['ZZ', 'US', statesOf(['US', 'ZZ', 'Zembla'])],
    ['Kent', 'GB', NO_STATES],
    ['Kent', 'GB', statesOf(['GB', 'ESS', 'Essex'])],
    ['US-NY', 'DE', NO_STATES],
    ['OR', '', NO_STATES],
  ])('%s in %s', (state, country, states) => {
    expect(stateName(state, country, states)).toBe(state);
  });
});

describe('elsewhere', () => {
  test.each<[string, string, States, string]>([
    ['KEN', 'GB', statesOf(['GB', 'KEN', 'Kent']), 'Kent'],
    ['BY', 'DE', statesOf(['DE', 'BY', 'Bayern', 'Bavaria']), 'Bayern'],
    // The same letters mean something else in every country.
    ['WA', 'AU', statesOf(['AU', 'WA', 'Western Australia']), 'Western Australia'],
    ['WA', 'AU', statesOf(['US', 'WA', 'Washington']), 'WA'],
    ['CA', 'IT', statesOf(['IT', 'CA', 'Cagliari']), 'Cagliari'],
  ])('%s of %s is the store’s name for it', (state, country, states, name) => {
    expect(stateName(state, country, states)).toBe(name);
  });
});

test('no state stays no state', () => {
  for (const country of ['US', 'CA', 'DE', '']) expect(stateName('', country, NO_STATES)).toBe('');
});

test('whatever is typed, it becomes a known code, or stays as it was', () => {
  const codes = {
    US: ALL.filter(([country]) => country === 'US').map(([, code]) => code),
    CA: CA_PROVINCES.map(([code]) => code),
  };
  const typed = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.stringMatching(/^[A-Za-z]{2}$/),
    fc.stringMatching(/^(US|CA)-[A-Z]{2}$/),
    fc.constantFrom(...ALL.map(([, , name]) => name)).map((name) => name.slice(1)),
  );
  fc.assert(
    fc.property(typed, fc.constantFrom('US' as const, 'CA' as const), (state, country) => {
      const sent = stateName(state, country, NO_STATES);
      expect(sent === state || codes[country].some((code) => code === sent)).toBe(true);
      // And a second time nothing happens.
      expect(stateName(sent, country, NO_STATES)).toBe(sent);
    }),
    { numRuns: 1000 },
  );
});
