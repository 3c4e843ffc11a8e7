import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Environment } from '../../src/config/environment.ts';
import { InvalidConfig, readConfig, unknownVariables, VARIABLE_NAMES } from '../../src/config/read-config.ts';

const REQUIRED = {
  SHIPSTATION_USERNAME: 'shipstation',
  SHIPSTATION_PASSWORD: 'correct:horse #1',
  CSCART_DATABASE_URL: 'mysql://reader:s3cret@db.example.com/shop',
};

const read = (given: Environment = {}) => readConfig({ ...REQUIRED, ...given });

function problemsOf(environment: Environment): readonly string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof InvalidConfig) return error.problems;
    throw error;
  }
  return [];
}

/** A file with a secret in it, as Docker gives it. */
function secretFile(content: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'secret-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'secret');
  writeFileSync(file, content);
  return file;
}

test('what is required is enough', () => {
  expect(readConfig(REQUIRED)).toEqual({
    credentials: { username: 'shipstation', passwords: ['correct:horse #1'] },
    store: {
      databaseUrl: {
        host: 'db.example.com',
        port: 3306,
        socketPath: undefined,
        user: 'reader',
        password: 's3cret',
        database: 'shop',
        tls: 'off',
      },
      readDatabaseUrl: undefined,
      tablePrefix: 'cscart_',
      url: undefined,
    },
    bridgeDatabaseUrl: undefined,
    statuses: {
      unpaid: ['Open', 'Pending'],
      paid: ['Processed', 'Processing', 'Paid'],
      shipped: ['Complete', 'Shipped'],
      cancelled: ['Canceled', 'Declined', 'Failed'],
      on_hold: [],
      defaults: new Set(['unpaid', 'paid', 'shipped', 'cancelled', 'on_hold']),
    },
    vocabulary: 'custom-store',
    shipping: {
      shippedStatus: 'Complete',
      partiallyShippedStatus: undefined,
      relabel: 'flag',
      writeStoreLog: false,
    },
    export: {
      pageSize: 100,
      overlapSeconds: 600,
      currencyCode: true,
      orderNumberPrefix: '',
      changeDetection: 'auto',
      changeLookbackDays: 45,
      filters: {
        startDay: undefined,
        countries: undefined,
        vendors: undefined,
        storefronts: undefined,
        methods: undefined,
        statuses: undefined,
      },
      weightUnit: 'auto',
      pickupOrders: false,
      methodLanguage: undefined,
      methodRules: [],
      rushMark: 'RUSH',
      fields: {
        customField1: [{ kind: 'word', word: 'coupons' }],
        customField2: [{ kind: 'word', word: 'rush' }],
        customField3: [],
        customerNotes: [{ kind: 'word', word: 'notes' }],
        internalNotes: [{ kind: 'word', word: 'staff-notes' }],
        gift: undefined,
        giftMessage: undefined,
      },
      upc: undefined,
      location: undefined,
    },
    publicUrl: undefined,
    endpoint: { host: '127.0.0.1', port: 8080 },
    ops: { host: '127.0.0.1', port: 8081 },
    trustProxy: false,
    rateLimitPerMinute: 600,
    retentionDays: 90,
    logLevel: 'info',
  });
});

describe('a variable is understood', () => {
  test.each<[Environment, object]>([
    [{ SHIPSTATION_PASSWORD_PREVIOUS: 'old' }, { credentials: { passwords: ['correct:horse #1', 'old'] } }],
    [{ CSCART_TABLE_PREFIX: 'shop2_' }, { store: { tablePrefix: 'shop2_' } }],
    [{ CSCART_TABLE_PREFIX: 'none' }, { store: { tablePrefix: '' } }],
    [{ CSCART_STORE_URL: 'https://shop.example.com/en' }, { store: { url: 'https://shop.example.com/en' } }],
    [
      { BRIDGE_DATABASE_URL: 'mysql://b:p@other/bridge' },
      { bridgeDatabaseUrl: { host: 'other', database: 'bridge' } },
    ],
    [{ STATUS_ON_HOLD: ' B , Awaiting call,, ' }, { statuses: { on_hold: ['B', 'Awaiting call'] } }],
    [{ PUBLIC_URL: 'https://shop.example.com/ss?a=b' }, { publicUrl: 'https://shop.example.com/ss?a=b' }],
    [{ STATUS_WORDS: 'cs-cart' }, { vocabulary: 'cs-cart' }],
    [
      { SHIPPED_STATUS: 'S', PARTIALLY_SHIPPED_STATUS: 'Partly shipped' },
      { shipping: { shippedStatus: 'S', partiallyShippedStatus: 'Partly shipped' } },
    ],
    [
      { ORDER_START_DATE: '2026-03-31' },
      { export: { filters: { startDay: { year: 2026, month: 3, day: 31 } } } },
    ],
    [{ ORDER_COUNTRIES: 'us, ca' }, { export: { filters: { countries: ['US', 'CA'] } } }],
    [{ ORDER_VENDORS: '1, 7' }, { export: { filters: { vendors: [1, 7] } } }],
    [{ ORDER_STOREFRONTS: '2' }, { export: { filters: { storefronts: [2] } } }],
    [
      { ORDER_SHIPPING_METHODS: 'UPS Ground, !Courier, ! 7' },
      { export: { filters: { methods: { wanted: ['UPS Ground'], unwanted: ['Courier', '7'] } } } },
    ],
    [
      { ORDER_EXPORT_STATUSES: 'Paid, on hold, awaiting payment, AWAITING_SHIPMENT' },
      { export: { filters: { statuses: new Set(['paid', 'on_hold', 'unpaid']) } } },
    ],
    [{ WEIGHT_UNIT: 'GRAMS' }, { export: { weightUnit: 'Grams' } }],
    [{ EXPORT_PICKUP_ORDERS: 'yes' }, { export: { pickupOrders: true } }],
    [{ SHIPPING_METHOD_LANGUAGE: 'EN' }, { export: { methodLanguage: 'en' } }],
    [
      { SHIPPING_METHOD_MAP: 'UPS Ground = Ground; 7 = (rush)' },
      {
        export: {
          methodRules: [
            { method: 'UPS Ground', name: 'Ground', isRush: false },
            { method: '7', name: undefined, isRush: true },
          ],
        },
      },
    ],
    [
      { EXPORT_GIFT: 'none', EXPORT_UPC: 'None' },
      { export: { upc: undefined, fields: { gift: undefined } } },
    ],
    [{ EXPORT_CUSTOM_FIELD_1: 'none' }, { export: { fields: { customField1: [] } } }],
    [
      { EXPORT_CUSTOM_FIELD_3: 'vendor, field: Gift wrap ,column:po_number' },
      {
        export: {
          fields: {
            customField3: [
              { kind: 'word', word: 'vendor' },
              { kind: 'profile-field', key: 'Gift wrap' },
              { kind: 'column', column: 'po_number' },
            ],
          },
        },
      },
    ],
    [
      { EXPORT_GIFT: 'field:36', EXPORT_GIFT_MESSAGE: 'column:gift_text' },
      {
        export: {
          fields: {
            gift: { kind: 'profile-field', key: '36' },
            giftMessage: { kind: 'column', column: 'gift_text' },
          },
        },
      },
    ],
    [
      { EXPORT_UPC: 'column:ean', EXPORT_LOCATION: 'feature:Shelf: left' },
      {
        export: {
          upc: { kind: 'column', column: 'ean' },
          location: { kind: 'feature', key: 'Shelf: left' },
        },
      },
    ],
    [{ ORDER_NUMBER_PREFIX: 'EU-2.#/_' }, { export: { orderNumberPrefix: 'EU-2.#/_' } }],
    [
      { EXPORT_PAGE_SIZE: '500', EXPORT_OVERLAP_SECONDS: '0' },
      { export: { pageSize: 500, overlapSeconds: 0 } },
    ],
    [{ EXPORT_CURRENCY_CODE: 'No' }, { export: { currencyCode: false } }],
    [{ EXPORT_CURRENCY_CODE: '1' }, { export: { currencyCode: true } }],
    [{ HOST: '0.0.0.0', PORT: '80' }, { endpoint: { host: '0.0.0.0', port: 80 } }],
    [{ OPS_HOST: '::1', OPS_PORT: '9000' }, { ops: { host: '::1', port: 9000 } }],
    [
      { HOST: '10.0.0.1', PORT: '8081' },
      { endpoint: { port: 8081 }, ops: { port: 8081 } },
    ],
    [{ TRUST_PROXY: 'TRUE' }, { trustProxy: true }],
    [{ TRUST_PROXY: 'no' }, { trustProxy: false }],
    [
      { TRUST_PROXY: '10.0.0.1, 172.16.0.0/12,::1, fd00::/8' },
      { trustProxy: ['10.0.0.1', '172.16.0.0/12', '::1', 'fd00::/8'] },
    ],
    [{ RATE_LIMIT_PER_MINUTE: '1' }, { rateLimitPerMinute: 1 }],
    [{ RETENTION_DAYS: '14' }, { retentionDays: 14 }],
    [{ LOG_LEVEL: 'silent' }, { logLevel: 'silent' }],
    // Empty is not given: a file of variables can hold them all.
    [
      { PORT: '', CSCART_TABLE_PREFIX: ' ', STATUS_SHIPPED: '' },
      { endpoint: { port: 8080 }, store: { tablePrefix: 'cscart_' } },
    ],
    [{ PORT: ' 8090 ' }, { endpoint: { port: 8090 } }],
  ])('%j', (given, expected) => {
    expect(read(given)).toMatchObject(expected);
  });

  test('which lists of statuses are defaults is known', () => {
    const { statuses } = read({ STATUS_ON_HOLD: 'Paid', STATUS_SHIPPED: 'C' });
    expect(statuses.defaults).toEqual(new Set(['unpaid', 'paid', 'cancelled']));
  });
});

describe('a variable is refused', () => {
  const WHOLE = (least: number, most: number) => `must be a whole number from ${least} to ${most}`;

  test.each<[string, string, string]>([
    ['SHIPSTATION_USERNAME', 'ship:station', 'must not contain a colon'],
    ['CSCART_DATABASE_URL', 'db.example.com', 'is not a URL like'],
    ['CSCART_DATABASE_URL', 'postgres://a:b@c/d', 'must begin with mysql://'],
    ['BRIDGE_DATABASE_URL', 'mysql://a:b@c', 'must end with the name of the database'],
    ['ORDER_START_DATE', '2026-02-30', 'must be a day like 2026-03-31'],
    ['ORDER_START_DATE', '1969-12-31', 'must be a day from 1970-01-01'],
    ['ORDER_COUNTRIES', 'us,uk', 'has UK: the code of the United Kingdom is GB'],
    ['ORDER_SHIPPING_METHODS', 'UPS,!', 'must have a method behind each !'],
    ['ORDER_VENDORS', '1,Acme', 'must be a comma list of ids'],
    ['ORDER_EXPORT_STATUSES', 'paid,lost', 'must be a comma list of unpaid, paid'],
    ['PUBLIC_URL', 'shop.example.com/shipstation', 'must be a URL like https://shop.example.com/shipstation'],
    ['PUBLIC_URL', 'https://me:hunter2@shop.example.com', 'must be without user name and password'],
    ['PUBLIC_URL', 'https://shop.example.com/#x', 'must be without #'],
    ['STATUS_WORDS', 'CS-Cart', 'must be custom-store or cs-cart'],
    ['WEIGHT_UNIT', 'kg', 'must be auto, Pounds, Ounces or Grams'],
    ['SHIPPING_METHOD_LANGUAGE', 'english', 'must be a language code of two letters'],
    ['SHIPPING_METHOD_MAP', 'UPS Ground', 'line 1 is not like'],
    ['SHIPPING_METHOD_MAP', 'A = B\nC =', 'line 2 says nothing of "C"'],
    ['EXPORT_CUSTOM_FIELD_2', 'cupons', 'has "cupons", which is none of coupons, rush'],
    ['EXPORT_INTERNAL_NOTES', 'field:', 'has "field:", which is none of'],
    ['EXPORT_GIFT', 'column:x`; drop', 'names a column "x`; drop", but'],
    ['EXPORT_UPC', 'upc', 'must be column:NAME or feature:NAME'],
    ['EXPORT_LOCATION', 'column:a b', 'names a column "a b", but'],
    ['CSCART_TABLE_PREFIX', 'x`; drop', 'must consist of letters'],
    ['CSCART_STORE_URL', 'shop.example.com', 'must be a URL like'],
    ['CSCART_STORE_URL', 'ftp://shop.example.com', 'must be a URL like'],
    ['CSCART_STORE_URL', 'javascript:alert(1)', 'must be a URL like'],
    ['ORDER_START_DATE', '31.03.2026', 'must be a day like 2026-03-31'],
    ['ORDER_START_DATE', '2026-02-30', 'must be a day like 2026-03-31'],
    ['ORDER_COUNTRIES', 'USA', 'must be a comma list of two-letter country codes'],
    ['ORDER_COUNTRIES', 'US;CA', 'must be a comma list of two-letter country codes'],
    ['ORDER_NUMBER_PREFIX', 'x'.repeat(31), 'must be at most 30'],
    ['ORDER_NUMBER_PREFIX', 'A B', 'must be at most 30'],
    // With the prefix 10, a notice for order 1057 would be one for order 57.
    ['ORDER_NUMBER_PREFIX', '10', 'must not consist of digits alone'],
    ['EXPORT_PAGE_SIZE', '0', WHOLE(1, 500)],
    ['EXPORT_PAGE_SIZE', '501', WHOLE(1, 500)],
    ['EXPORT_PAGE_SIZE', '1e2', WHOLE(1, 500)],
    ['EXPORT_OVERLAP_SECONDS', '-1', WHOLE(0, 86_400)],
    ['EXPORT_OVERLAP_SECONDS', '1.5', WHOLE(0, 86_400)],
    ['EXPORT_CURRENCY_CODE', 'maybe', 'must be true or false'],
    ['PORT', '0', WHOLE(1, 65_535)],
    ['PORT', '65536', WHOLE(1, 65_535)],
    ['PORT', 'http', WHOLE(1, 65_535)],
    ['OPS_PORT', '8080', 'must differ from PORT (both are 8080)'],
    ['TRUST_PROXY', 'proxy.example.com', 'must be true, false or a comma list'],
    ['TRUST_PROXY', '10.0.0.0/33', 'must be true, false or a comma list'],
    ['TRUST_PROXY', '10.0.0.0/0', 'must be true, false or a comma list'],
    ['TRUST_PROXY', 'fd00::/129', 'must be true, false or a comma list'],
    ['TRUST_PROXY', '10.0.0.1/8/8', 'must be true, false or a comma list'],
    ['TRUST_PROXY', '10.0.0.1,', 'must be true, false or a comma list'],
    ['TRUST_PROXY', '1', 'must be true, false or a comma list'],
    ['RATE_LIMIT_PER_MINUTE', '0', WHOLE(1, 1_000_000)],
    ['RETENTION_DAYS', '13', WHOLE(14, 3650)],
    ['RETENTION_DAYS', '3651', WHOLE(14, 3650)],
    ['LOG_LEVEL', 'verbose', 'must be trace, debug, info, warn, error, fatal or silent'],
    ['STATUS_SHIPPED', 'Complete,open', ''],
  ])('%s=%s', (name, value, what) => {
    const given = name === 'STATUS_SHIPPED' ? { STATUS_AWAITING_PAYMENT: 'Open' } : {};
    const problems = problemsOf({ ...REQUIRED, ...given, [name]: value });
    expect(problems).toEqual([expect.stringContaining(`${name}: ${what}`)]);
  });

  test.each(Object.keys(REQUIRED))('%s is required', (name) => {
    expect(problemsOf({ ...REQUIRED, [name]: undefined })).toEqual([`${name}: is required`]);
    expect(problemsOf({ ...REQUIRED, [name]: '  ' })).toEqual([`${name}: is required`]);
  });

  test('with all that is wrong at once, each in a line of its own', () => {
    const error = (() => {
      try {
        return readConfig({ PORT: 'x', LOG_LEVEL: 'loud', OPS_PORT: '0', SHIPSTATION_USERNAME: 'a' });
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(InvalidConfig);
    expect(String(error).split('\n')).toEqual([
      'InvalidConfig: the configuration cannot be used:',
      '  SHIPSTATION_PASSWORD: is required',
      '  CSCART_DATABASE_URL: is required',
      '  PORT: must be a whole number from 1 to 65535',
      '  OPS_PORT: must be a whole number from 1 to 65535',
      '  LOG_LEVEL: must be trace, debug, info, warn, error, fatal or silent',
    ]);
  });

  test('when a status is given two meanings', () => {
    const given = { STATUS_SHIPPED: 'PAID,B', STATUS_CANCELLED: 'b', STATUS_ON_HOLD: 'b, Paid' };
    expect(problemsOf({ ...REQUIRED, ...given })).toEqual([
      // Letters differ by case, names do not.
      'STATUS_ON_HOLD: "b" also stands in STATUS_CANCELLED',
      'STATUS_ON_HOLD: "Paid" also stands in STATUS_SHIPPED',
    ]);
  });

  test('but not when a default has the same status', () => {
    expect(problemsOf({ ...REQUIRED, STATUS_ON_HOLD: 'Paid, Open' })).toEqual([]);
  });
});

test('no problem repeats a secret', () => {
  const secrets = ['hunter2', 'pa%ss', 'topsecret'];
  const problems = problemsOf({
    SHIPSTATION_USERNAME: 'a:b',
    SHIPSTATION_PASSWORD: 'hunter2',
    SHIPSTATION_PASSWORD_PREVIOUS: 'topsecret',
    CSCART_DATABASE_URL: 'mysql://reader:pa%ss@db/shop',
    BRIDGE_DATABASE_URL: 'mysql://bridge:topsecret@db/',
  });
  expect(problems.map((problem) => problem.split(':')[0])).toEqual([
    'SHIPSTATION_USERNAME',
    'CSCART_DATABASE_URL',
    'BRIDGE_DATABASE_URL',
  ]);
  for (const secret of secrets) expect(problems.join('\n')).not.toContain(secret);
});

describe('a secret in a file', () => {
  test('is read without the line break at its end', () => {
    const { credentials } = read({
      SHIPSTATION_PASSWORD: undefined,
      SHIPSTATION_PASSWORD_FILE: secretFile(' pass word #1 \r\n'),
    });
    expect(credentials.passwords).toEqual([' pass word #1 ']);
  });

  test('may be any variable', () => {
    expect(read({ PORT_FILE: secretFile('8090\n') }).endpoint.port).toBe(8090);
  });

  test.each<[string, () => Environment, string]>([
    [
      'given beside the variable',
      () => ({ SHIPSTATION_PASSWORD_FILE: secretFile('x') }),
      'SHIPSTATION_PASSWORD: is given twice, as SHIPSTATION_PASSWORD and as SHIPSTATION_PASSWORD_FILE',
    ],
    [
      'not there',
      () => ({ SHIPSTATION_PASSWORD: '', SHIPSTATION_PASSWORD_FILE: '/nowhere/secret' }),
      'SHIPSTATION_PASSWORD_FILE: the file /nowhere/secret cannot be read (ENOENT)',
    ],
    [
      'empty',
      () => ({ SHIPSTATION_PASSWORD: '', SHIPSTATION_PASSWORD_FILE: secretFile('\n') }),
      'SHIPSTATION_PASSWORD: is required',
    ],
  ])('is refused when it is %s', (_, given, problem) => {
    expect(problemsOf({ ...REQUIRED, ...given() })).toEqual([problem]);
  });
});

test('every variable has a name of its own, in capitals', () => {
  expect(new Set(VARIABLE_NAMES).size).toBe(VARIABLE_NAMES.length);
  for (const name of VARIABLE_NAMES) expect(name).toMatch(/^[A-Z][A-Z0-9_]+$/);
});

describe('a name that is no setting', () => {
  test('is told from other names of the environment by the beginning of a setting', () => {
    const environment = {
      EXPORT_CUSTOM_FIELD_4: 'x',
      ORDER_VENDOR: '1',
      PATH: '/bin',
      EXPORT_GIFT: 'field:1',
    };
    expect(unknownVariables(environment)).toEqual(['EXPORT_CUSTOM_FIELD_4', 'ORDER_VENDOR']);
  });

  test('is any other in an env file, but for those of the process itself', () => {
    const names = ['GIFT', 'LOG_LEVL', 'PORT', 'SHIPSTATION_PASSWORD_FILE', 'TZ', 'NODE_OPTIONS'];
    expect(unknownVariables({}, names)).toEqual(['GIFT', 'LOG_LEVL']);
  });
});
