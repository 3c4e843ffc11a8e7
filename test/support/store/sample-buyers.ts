import type { PlainOrder } from './plain-order.ts';

/** Who buys in the sample store and where the parcel goes: the members of an order that name them. */
export type SampleBuyer = Pick<PlainOrder, 'customer' | 'billTo' | 'shipTo'>;

interface Person {
  readonly name: readonly [first: string, last: string];
  readonly address: string;
  readonly address2?: string;
  readonly city: string;
  readonly state?: string;
  readonly zip: string;
  readonly country: string;
  readonly company?: string;
}

function buyer(person: Person, userId: number): SampleBuyer {
  const [firstname, lastname] = person.name;
  const phone = `+1 555 01${String(userId).padStart(2, '0')}`;
  const address = {
    firstname,
    lastname,
    address: person.address,
    address2: person.address2 ?? '',
    city: person.city,
    state: person.state ?? '',
    zip: person.zip,
    country: person.country,
    phone,
  };
  const email = `buyer${userId}@example.com`;
  return {
    customer: { firstname, lastname, email, phone, company: person.company ?? '', userId },
    billTo: address,
    shipTo: address,
  };
}

const PEOPLE: readonly Person[] = [
  {
    name: ['Maria', 'Lopez'],
    address: '1200 Ocean Drive',
    city: 'Miami Beach',
    state: 'FL',
    zip: '33139',
    country: 'US',
  },
  {
    name: ['Dale', "O'Connor"],
    address: '7 "Old Mill" Road',
    city: 'Portland',
    state: 'OR',
    zip: '97201',
    country: 'US',
  },
  {
    name: ['Grace', 'Kim'],
    address: '350 5th Ave',
    address2: 'Floor 21',
    city: 'New York',
    state: 'NY',
    zip: '10118',
    country: 'US',
    company: 'Kim & Sons <Import>',
  },
  {
    name: ['Jörg', 'Müßigbrodt'],
    address: 'Königsallee 5',
    city: 'Düsseldorf',
    state: 'NRW',
    zip: '40212',
    country: 'DE',
  },
  {
    name: ['Françoise', 'Lefèvre'],
    address: "8 rue de l'Église",
    city: 'Besançon',
    zip: '25000',
    country: 'FR',
  },
  { name: ['Zofia', 'Wójcik'], address: 'ul. Źródlana 3', city: 'Łódź', zip: '90-001', country: 'PL' },
  { name: ['花子', '山田'], address: '千代田1-1', city: '東京都千代田区', zip: '100-0001', country: 'JP' },
  { name: ['ليلى', 'حسن'], address: 'شارع الشيخ زايد 12', city: 'دبي', zip: '00000', country: 'AE' },
  {
    name: ['Owen', 'Hughes'],
    address: '2 Church Lane',
    city: 'Exeter',
    state: 'DEV',
    zip: 'EX1 1AA',
    country: 'GB',
  },
  {
    name: ['Chloé', 'Tremblay'],
    address: '55 rue Sainte-Catherine',
    city: 'Montréal',
    state: 'QC',
    zip: 'H2X 1K4',
    country: 'CA',
  },
  {
    name: ['Jack', 'Nguyen'],
    address: '19 Harbour St',
    city: 'Sydney',
    state: 'NSW',
    zip: '2000',
    country: 'AU',
  },
];

/** The sample's buyers, with user ids from 11. The first three live in the United States. */
export const SAMPLE_BUYERS: readonly SampleBuyer[] = PEOPLE.map((person, index) => buyer(person, 11 + index));
