import type { Database } from '../database.ts';
import type { StorageEngine, StoreVersion } from '../store-shapes.ts';
import { shippingMethods } from './carriers.ts';
import { type FreshInstall, freshInstallRows } from './fresh-install.ts';
import { IdSequence } from './id-sequence.ts';
import { CART_SNAPSHOT } from './order-data.ts';
import { type OrderContext, type OrderRows, orderRows, secondsOf } from './order-rows.ts';
import type { Instant, PlacedOrder, PlainOrder } from './plain-order.ts';
import type { PlacedProduct, PlainProduct } from './plain-product.ts';
import { ProductFeatures } from './product-features.ts';
import { productRows } from './product-rows.ts';
import { type PlacedProfileField, type PlainProfileField, ProfileFields } from './profile-fields.ts';
import { readOrder, readShipments, type StoredOrder, type StoredShipment } from './readers.ts';
import { type StoreSnapshot, takeSnapshot } from './snapshot.ts';
import { defaultCompanies, defaultStorefronts } from './storefronts.ts';
import { type Row, StoreTables } from './tables.ts';
import { type PlainVariationGroup, variationGroupRows } from './variation-groups.ts';
import { isAtLeast } from './version.ts';

export interface StoreOptions extends Partial<Omit<FreshInstall, 'version' | 'language'>> {
  readonly version: StoreVersion;
  /** Default `cscart_`. */
  readonly prefix?: string;
  /** Default `MyISAM`, as the installer makes it. `lock_keys` is InnoDB anyway. */
  readonly engine?: StorageEngine;
  /** Adds `orders.last_modify`, as the public ShipStation add-on does. */
  readonly lastModify?: boolean;
  /** Of the store's only storefront, without scheme. Default `shop.example.com`. `storefronts` and `companies` go before. */
  readonly storefrontUrl?: string;
  /** The first order's number. Default 101. */
  readonly firstOrderId?: number;
}

export interface PlainShipment {
  readonly orderId: number;
  /** Default: empty. */
  readonly trackingNumber?: string | undefined;
  /** Default: empty. */
  readonly carrier?: string | undefined;
  /** Default: all of every line. */
  readonly items?: readonly { readonly itemId: number; readonly amount: number }[] | undefined;
  /** Default: now. */
  readonly shippedAt?: Instant | undefined;
  readonly shippingId?: number | undefined;
  readonly comments?: string | undefined;
}

/** The part of a {@link Database} that a store works through. */
export type StoreDatabase = Pick<Database, 'url' | 'query' | 'run'>;

/** Orders are placed this many at a time, to bound memory. */
const BATCH = 500;

/** A CS-Cart store in a database, with makers for what it holds and readers for what became of it. */
export class Store {
  readonly version: StoreVersion;
  readonly url: string;
  readonly prefix: string;
  /** As of {@link Database}. */
  readonly query: StoreDatabase['query'];
  readonly run: StoreDatabase['run'];
  readonly #database: StoreDatabase;
  readonly #tables: StoreTables;
  readonly #languages: readonly string[];
  readonly #orderContext: OrderContext;
  readonly #orderIds = new IdSequence();
  readonly #productIds = {
    products: new IdSequence(),
    options: new IdSequence(),
    variants: new IdSequence(),
    images: new IdSequence(),
  };
  readonly #groupIds = new IdSequence();
  readonly #features: ProductFeatures;
  readonly #profileFields: ProfileFields;

  /** For {@link buildStore}: the tables are there already. */
  constructor(database: StoreDatabase, tables: StoreTables, install: FreshInstall, firstOrderId: number) {
    this.version = install.version;
    this.url = database.url;
    this.prefix = tables.prefix;
    this.query = database.query;
    this.run = database.run;
    this.#database = database;
    this.#tables = tables;
    this.#languages = install.languages;
    this.#features = new ProductFeatures(install.languages);
    this.#profileFields = new ProfileFields(install.languages);
    this.#orderIds.take(firstOrderId - 1);
    this.#orderContext = {
      shippingMethods: shippingMethods(install.version),
      currency: install.primaryCurrency,
      language: install.language,
      profileFields: this.#profileFields,
      packsIpAddress: isAtLeast(install.version, '4.2.4'),
    };
  }

  /** A table's name with prefix, quoted for SQL. */
  table(name: string): string {
    return this.#tables.quoted(name);
  }

  /** Whether the store's version (or an add-on) has this column. */
  hasColumn(table: string, column: string): boolean {
    return this.#tables.hasColumn(table, column);
  }

  /** Inserts rows as they are; required columns that they leave out become empty. */
  async insert(table: string, rows: readonly Row[]): Promise<void> {
    await this.#runAll(this.#tables.insertSql(table, rows));
  }

  /**
   * Adds a column that no version has, as an add-on does; rows may then name it.
   *
   * @param definition - `upc varchar(64)`, which may be null, or `upc varchar(64) not null default ''`
   */
  async addColumn(table: string, definition: string): Promise<void> {
    await this.run(this.#tables.addColumn(table, definition));
  }

  async addProduct(product: PlainProduct): Promise<PlacedProduct> {
    const { placed, rows } = productRows(product, this.#productIds, this.#languages);
    await this.#insertAll(rows);
    await this.#insertAll(this.#features.rowsFor(placed.productId, product.features ?? []));
    return placed;
  }

  /** Makes products variations of one another. Before 4.12, which has no such groups, nothing comes of it. */
  async addVariationGroup(group: PlainVariationGroup): Promise<void> {
    const featureIdOf = (name: string) => this.#features.idOf(name);
    await this.#insertAll(variationGroupRows(group, this.#groupIds.take(), featureIdOf));
  }

  /** Adds a field of the store's own to the checkout; orders fill it in by `profileFields`. */
  async addProfileField(field: PlainProfileField): Promise<PlacedProfileField> {
    const { placed, rows } = this.#profileFields.add(field);
    await this.#insertAll(rows);
    return placed;
  }

  /** Takes a product away; the lines of orders keep pointing at it, as after a deletion in the shop. */
  async deleteProduct(productId: number): Promise<void> {
    const tables = [
      'products',
      'product_descriptions',
      'product_features_values',
      'product_variation_group_products',
    ];
    for (const table of tables.filter((name) => this.hasColumn(name, 'product_id'))) {
      await this.run(`delete from ${this.table(table)} where product_id = ?`, [productId]);
    }
  }

  async addOrder(order: PlainOrder = {}): Promise<PlacedOrder> {
    const [placed] = await this.addOrders([order]);
    if (placed === undefined) throw new Error('no order was placed');
    return placed;
  }

  /** Places many orders at once: some thousands a second. */
  async addOrders(orders: readonly PlainOrder[]): Promise<readonly PlacedOrder[]> {
    const placed: PlacedOrder[] = [];
    for (let start = 0; start < orders.length; start += BATCH) {
      const batch = orders
        .slice(start, start + BATCH)
        .map((order) => orderRows(order, this.#orderIds.take(order.orderId), this.#orderContext));
      await this.#runAll([
        ...this.#tables.insertSql(
          'order_details',
          batch.flatMap(({ orderDetails }) => orderDetails),
        ),
        ...this.#tables.insertSql(
          'order_data',
          batch.flatMap(({ orderData }) => orderData),
        ),
        ...this.#tables.insertSql(
          'profile_fields_data',
          batch.flatMap(({ profileFieldsData }) => profileFieldsData),
        ),
        ...this.#snapshotSql(batch),
        // Last, so that a reader never sees an order whose lines are still missing.
        ...this.#tables.insertSql(
          'orders',
          batch.map((rows) => rows.orders),
        ),
      ]);
      placed.push(...batch.map((rows) => rows.placed));
    }
    return placed;
  }

  /** Puts a shipment into the store as its own admin would. Gives the shipment's id. */
  async addShipment(shipment: PlainShipment): Promise<number> {
    const lines = await this.query<{ item_id: number; product_id: number; amount: number }>(
      `select item_id, product_id, amount from ${this.table('order_details')} where order_id = ?`,
      [shipment.orderId],
    );
    const items = shipment.items ?? lines.map(({ item_id, amount }) => ({ itemId: item_id, amount }));
    const { insertId } = await this.run(
      this.#tables
        .insertSql('shipments', [
          {
            shipping_id: shipment.shippingId ?? 1,
            tracking_number: shipment.trackingNumber ?? '',
            carrier: shipment.carrier ?? '',
            timestamp: secondsOf(shipment.shippedAt ?? new Date()),
            comments: shipment.comments ?? '',
          },
        ])
        .join(';'),
    );
    await this.insert(
      'shipment_items',
      items.map(({ itemId, amount }) => ({
        item_id: itemId,
        shipment_id: insertId,
        order_id: shipment.orderId,
        product_id: lines.find(({ item_id }) => item_id === itemId)?.product_id ?? 0,
        amount,
      })),
    );
    return insertId;
  }

  /** Changes an order's status and the modified stamps that the store has, as the shop does. */
  async setStatus(orderId: number, letter: string, at: Instant = new Date()): Promise<void> {
    const stamps = ['updated_at', 'last_modify'].filter((column) => this.hasColumn('orders', column));
    await this.run(
      `update ${this.table('orders')} set status = ?${stamps.map((column) => `, ${column} = ?`).join('')}
        where order_id = ?`,
      [letter, ...stamps.map(() => secondsOf(at)), orderId],
    );
  }

  /** Throws if the order is not there. */
  async order(orderId: number): Promise<StoredOrder> {
    const order = await readOrder(this.#database, this.#tables, orderId);
    if (order === undefined) throw new RangeError(`the store has no order ${orderId}`);
    return order;
  }

  /** The shipments that hold a line of the order, each with those lines only, in the order of their ids. */
  async shipments(orderId: number): Promise<readonly StoredShipment[]> {
    return (await this.allShipments())
      .map((shipment) => ({ ...shipment, items: shipment.items.filter((item) => item.orderId === orderId) }))
      .filter(({ items }) => items.length > 0);
  }

  /** Every shipment, also those without items, in the order of their ids. */
  allShipments(): Promise<readonly StoredShipment[]> {
    return readShipments(this.#database, this.#tables);
  }

  /** Content and definition of every table of the store; equal snapshots prove that nothing changed. */
  snapshot(): Promise<StoreSnapshot> {
    return takeSnapshot(this.#database, this.#tables);
  }

  #snapshotSql(batch: readonly OrderRows[]): readonly string[] {
    const ids = batch.filter(({ bringsSnapshot }) => !bringsSnapshot).map(({ placed }) => placed.orderId);
    if (ids.length === 0) return [];
    // The server multiplies the snapshot; sending it with each order would be most of the work of a large store.
    const [single = ''] = this.#tables.insertSql('order_data', [
      { order_id: ids[0], type: 'G', data: CART_SNAPSHOT },
    ]);
    const further = ids.slice(1);
    if (further.length === 0) return [single];
    return [
      single,
      `insert into ${this.table('order_data')} (order_id, type, data)
       select further.order_id, 'G', first.data
         from (${further.map((id) => `select ${id} as order_id`).join(' union all ')}) as further
         join ${this.table('order_data')} as first on first.order_id = ${ids[0]} and first.type = 'G'`,
    ];
  }

  #insertAll(rows: Readonly<Record<string, readonly Row[]>>): Promise<void> {
    return this.#runAll(Object.entries(rows).flatMap(([table, of]) => this.#tables.insertSql(table, of)));
  }

  async #runAll(statements: readonly string[]): Promise<void> {
    // Several short statements in one go, long ones alone: a packet has a largest size.
    let packet = '';
    for (const statement of statements) {
      if (packet !== '' && packet.length + statement.length > BATCH * 1000) {
        await this.run(packet);
        packet = '';
      }
      packet += `${statement};`;
    }
    if (packet !== '') await this.run(packet);
  }
}

/**
 * Makes the tables of a version in a database and fills them as its installer does, without products and orders.
 */
export async function buildStore(database: StoreDatabase, options: StoreOptions): Promise<Store> {
  const { version, languages = ['en'], storefrontUrl = 'shop.example.com' } = options;
  const tables = new StoreTables(version, {
    prefix: options.prefix ?? 'cscart_',
    engine: options.engine ?? 'MyISAM',
    lastModify: options.lastModify ?? false,
  });
  const install: FreshInstall = {
    version,
    languages,
    language: languages[0] ?? 'en',
    primaryCurrency: options.primaryCurrency ?? 'USD',
    weightSymbol: options.weightSymbol ?? 'lbs',
    weightSymbolGrams: options.weightSymbolGrams ?? '453.6',
    // What the installer sets: it changed with 4.18.
    timezone: options.timezone ?? (isAtLeast(version, '4.18.2') ? 'America/Los_Angeles' : 'Europe/Moscow'),
    storefronts: options.storefronts ?? defaultStorefronts(version, storefrontUrl),
    companies: options.companies ?? defaultCompanies(version, storefrontUrl),
    statuses: options.statuses ?? [],
  };
  const rows = Object.entries(freshInstallRows(install)).flatMap(([table, of]) =>
    tables.insertSql(table, of),
  );
  await database.run([...tables.createSql(), ...rows].join(';\n'));
  return new Store(database, tables, install, options.firstOrderId ?? 101);
}
