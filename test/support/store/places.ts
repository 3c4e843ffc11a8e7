import type { Row } from './tables.ts';

/** ISO 3166-1: alpha-2, alpha-3, numeric, English name; then the state codes that the shop lists for the country. */
const COUNTRIES: readonly (readonly [string, string, string, string, Readonly<Record<string, string>>?])[] = [
  ['AE', 'ARE', '784', 'United Arab Emirates'],
  [
    'AU',
    'AUS',
    '036',
    'Australia',
    { ACT: 'Australian Capital Territory', NSW: 'New South Wales', QLD: 'Queensland', VIC: 'Victoria' },
  ],
  ['AT', 'AUT', '040', 'Austria'],
  ['BR', 'BRA', '076', 'Brazil', { RJ: 'Rio de Janeiro', SP: 'São Paulo' }],
  [
    'CA',
    'CAN',
    '124',
    'Canada',
    { AB: 'Alberta', BC: 'British Columbia', MB: 'Manitoba', ON: 'Ontario', QC: 'Quebec' },
  ],
  ['CH', 'CHE', '756', 'Switzerland', { BE: 'Bern', ZH: 'Zürich' }],
  ['DE', 'DEU', '276', 'Germany', { BAY: 'Bayern', BER: 'Berlin', NRW: 'Nordrhein-Westfalen' }],
  ['ES', 'ESP', '724', 'Spain', { B: 'Barcelona', M: 'Madrid' }],
  ['FR', 'FRA', '250', 'France', { '75': 'Paris', '69': 'Rhône' }],
  ['GB', 'GBR', '826', 'United Kingdom', { LND: 'London', DEV: 'Devon' }],
  ['IT', 'ITA', '380', 'Italy', { MI: 'Milano', RM: 'Roma' }],
  ['JP', 'JPN', '392', 'Japan'],
  ['NL', 'NLD', '528', 'Netherlands', { NH: 'Noord-Holland', UT: 'Utrecht' }],
  ['PL', 'POL', '616', 'Poland'],
  ['PR', 'PRI', '630', 'Puerto Rico'],
  [
    'US',
    'USA',
    '840',
    'United States',
    {
      AL: 'Alabama',
      AK: 'Alaska',
      AZ: 'Arizona',
      AR: 'Arkansas',
      CA: 'California',
      CO: 'Colorado',
      CT: 'Connecticut',
      DE: 'Delaware',
      DC: 'District of Columbia',
      FL: 'Florida',
      GA: 'Georgia',
      HI: 'Hawaii',
      ID: 'Idaho',
      IL: 'Illinois',
      IN: 'Indiana',
      IA: 'Iowa',
      KS: 'Kansas',
      KY: 'Kentucky',
      LA: 'Louisiana',
      ME: 'Maine',
      MD: 'Maryland',
      MA: 'Massachusetts',
      MI: 'Michigan',
      MN: 'Minnesota',
      MS: 'Mississippi',
      MO: 'Missouri',
      MT: 'Montana',
      NE: 'Nebraska',
      NV: 'Nevada',
      NH: 'New Hampshire',
      NJ: 'New Jersey',
      NM: 'New Mexico',
      NY: 'New York',
      NC: 'North Carolina',
      ND: 'North Dakota',
      OH: 'Ohio',
      OK: 'Oklahoma',
      OR: 'Oregon',
      PA: 'Pennsylvania',
      RI: 'Rhode Island',
      SC: 'South Carolina',
      SD: 'South Dakota',
      TN: 'Tennessee',
      TX: 'Texas',
      UT: 'Utah',
      VT: 'Vermont',
      VA: 'Virginia',
      WA: 'Washington',
      WV: 'West Virginia',
      WI: 'Wisconsin',
      WY: 'Wyoming',
    },
  ],
];

/** The rows of `countries`, `states` and their descriptions: a handful of countries, and all states of the US. */
export function placeRows(languages: readonly string[]): {
  countries: Row[];
  country_descriptions: Row[];
  states: Row[];
  state_descriptions: Row[];
} {
  const states = COUNTRIES.flatMap(([country, , , , names = {}]) =>
    Object.entries(names).map(([code, name]) => ({ country, code, name })),
  ).map((state, index) => ({ ...state, stateId: index + 1 }));
  return {
    countries: COUNTRIES.map(([code, code_A3, code_N3]) => ({ code, code_A3, code_N3 })),
    country_descriptions: COUNTRIES.flatMap(([code, , , country]) =>
      languages.map((language) => ({ code, lang_code: language, country })),
    ),
    states: states.map(({ stateId, country, code }) => ({ state_id: stateId, country_code: country, code })),
    state_descriptions: states.flatMap(({ stateId, name }) =>
      languages.map((language) => ({ state_id: stateId, lang_code: language, state: name })),
    ),
  };
}
