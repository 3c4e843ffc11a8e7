import type { StoreOptions } from '../support/store/store.ts';

/** The store shapes that every export and notice has to work with. */
export const STORE_VERSIONS: readonly {
  readonly name: string;
  readonly options: StoreOptions;
  /** Multi-Vendor before 4.11 keeps the shop's address in a file, not in the database. */
  readonly lacksAddress?: boolean;
}[] = [
  { name: '4.0.1 M', options: { version: '4.0.1 M' }, lacksAddress: true },
  { name: '4.2.4 U', options: { version: '4.2.4 U' } },
  { name: '4.3.6 U', options: { version: '4.3.6 U' } },
  {
    name: "4.6.1 M with ShipStation's own add-on",
    options: { version: '4.6.1 M', lastModify: true },
    lacksAddress: true,
  },
  { name: '4.8.1 U', options: { version: '4.8.1 U' } },
  { name: '4.11.3 U', options: { version: '4.11.3 U' } },
  { name: '4.12.2 U', options: { version: '4.12.2 U' } },
  { name: '4.18.2 M', options: { version: '4.18.2 M', prefix: 'shop2_' } },
  { name: '4.20.1 U', options: { version: '4.20.1 U' } },
  { name: '4.20.1 U converted to InnoDB', options: { version: '4.20.1 U', engine: 'InnoDB' } },
];
