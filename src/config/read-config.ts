import { z } from 'zod';
import { isTablePrefix } from '../database/table-names.ts';
import { SHIPSTATION_STATUSES, type ShipStationStatus } from '../shipstation/order-document.ts';
import { VOCABULARIES } from '../shipstation/wire-words.ts';
import type { Config } from './config.ts';
import { type Environment, readVariable } from './environment.ts';
import {
  calendarDay,
  commaList,
  countries,
  databaseUrl,
  fieldSource,
  fieldSources,
  idList,
  itemSource,
  methodList,
  methodMap,
  port,
  publicUrl,
  statusList,
  text,
  trustProxy,
  wholeNumber,
  yesOrNo,
} from './variable-kinds.ts';

/** Every variable, in the order of `.env.example`. A variable without a default that is not optional is required. */
const VARIABLES = z.object({
  // Basic authentication splits at the first colon, so a user name cannot hold one.
  SHIPSTATION_USERNAME: text.regex(/^[^:]*$/, 'must not contain a colon'),
  SHIPSTATION_PASSWORD: text,
  SHIPSTATION_PASSWORD_PREVIOUS: text.optional(),
  CSCART_DATABASE_URL: databaseUrl,
  CSCART_READ_DATABASE_URL: databaseUrl.optional(),
  // An empty variable counts as not given, so a store without a prefix needs a word.
  CSCART_TABLE_PREFIX: text
    .refine(isTablePrefix, 'must consist of letters, digits, _, $ and -')
    .transform((prefix) => (prefix.toLowerCase() === 'none' ? '' : prefix))
    .default('cscart_'),
  CSCART_STORE_URL: z
    .url({ protocol: /^https?$/, error: 'must be a URL like https://shop.example.com' })
    .optional(),
  BRIDGE_DATABASE_URL: databaseUrl.optional(),
  STATUS_AWAITING_PAYMENT: commaList.prefault('Open,Pending'),
  STATUS_AWAITING_SHIPMENT: commaList.prefault('Processed,Processing,Paid'),
  STATUS_SHIPPED: commaList.prefault('Complete,Shipped'),
  STATUS_CANCELLED: commaList.prefault('Canceled,Declined,Failed'),
  STATUS_ON_HOLD: commaList.prefault(''),
  STATUS_WORDS: z.enum(VOCABULARIES, `must be ${VOCABULARIES.join(' or ')}`).default('custom-store'),
  ORDER_START_DATE: calendarDay.optional(),
  ORDER_COUNTRIES: countries.optional(),
  ORDER_VENDORS: idList.optional(),
  ORDER_STOREFRONTS: idList.optional(),
  ORDER_SHIPPING_METHODS: methodList.optional(),
  ORDER_EXPORT_STATUSES: statusList.optional(),
  // ShipStation's OrderNumber holds 50 characters; an order id takes up to ten. Digits alone could be part of an order's
  // id: with the prefix 10, a notice for order 1057 would be one for order 57.
  ORDER_NUMBER_PREFIX: text
    .regex(/^[\w.#/-]{0,30}$/, 'must be at most 30 letters, digits or the characters _ . # / -')
    .regex(/\D/, 'must not consist of digits alone: an order number must be told from an order id')
    .default(''),
  EXPORT_PAGE_SIZE: wholeNumber(1, 500).prefault('100'),
  EXPORT_OVERLAP_SECONDS: wholeNumber(0, 86_400).prefault('600'),
  CHANGE_DETECTION: z
    .enum(['auto', 'columns', 'fingerprints'], 'must be auto, columns or fingerprints')
    .default('auto'),
  CHANGE_LOOKBACK_DAYS: wholeNumber(1, 3650).prefault('45'),
  EXPORT_CURRENCY_CODE: yesOrNo.prefault('true'),
  EXPORT_PICKUP_ORDERS: yesOrNo.prefault('false'),
  WEIGHT_UNIT: z
    .string()
    .toLowerCase()
    .pipe(z.enum(['auto', 'pounds', 'ounces', 'grams'], 'must be auto, Pounds, Ounces or Grams'))
    .prefault('auto'),
  SHIPPING_METHOD_MAP: methodMap.prefault(''),
  SHIPPING_METHOD_LANGUAGE: text.regex(/^[a-z]{2}$/i, 'must be a language code of two letters').optional(),
  RUSH_MARK: text.default('RUSH'),
  EXPORT_CUSTOM_FIELD_1: fieldSources.prefault('coupons'),
  EXPORT_CUSTOM_FIELD_2: fieldSources.prefault('rush'),
  EXPORT_CUSTOM_FIELD_3: fieldSources.prefault(''),
  EXPORT_CUSTOMER_NOTES: fieldSources.prefault('notes'),
  EXPORT_INTERNAL_NOTES: fieldSources.prefault('staff-notes'),
  EXPORT_GIFT: fieldSource.optional(),
  EXPORT_GIFT_MESSAGE: fieldSource.optional(),
  EXPORT_UPC: itemSource.optional(),
  EXPORT_LOCATION: itemSource.optional(),
  SHIPPED_STATUS: text.default('Complete'),
  PARTIALLY_SHIPPED_STATUS: text.optional(),
  RELABEL: z.enum(['flag', 'replace'], 'must be flag or replace').default('flag'),
  WRITE_STORE_LOG: yesOrNo.prefault('false'),
  PUBLIC_URL: publicUrl.optional(),
  HOST: text.default('127.0.0.1'),
  PORT: port.prefault('8080'),
  OPS_HOST: text.default('127.0.0.1'),
  OPS_PORT: port.prefault('8081'),
  TRUST_PROXY: trustProxy.prefault('false'),
  RATE_LIMIT_PER_MINUTE: wholeNumber(1, 1_000_000).prefault('600'),
  // ShipStation repeats a notice for days: one that comes again must still be known.
  RETENTION_DAYS: wholeNumber(14, 3650).prefault('90'),
  LOG_LEVEL: z
    .enum(
      ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
      'must be trace, debug, info, warn, error, fatal or silent',
    )
    .default('info'),
});

/** The names of all variables, for documentation and tests. */
export const VARIABLE_NAMES: readonly string[] = Object.keys(VARIABLES.shape);

/** Those that can change while the bridge runs, as far as they are a user name or password. */
export const CREDENTIAL_VARIABLES = [
  'SHIPSTATION_USERNAME',
  'SHIPSTATION_PASSWORD',
  'SHIPSTATION_PASSWORD_PREVIOUS',
  'CSCART_DATABASE_URL',
  'CSCART_READ_DATABASE_URL',
  'BRIDGE_DATABASE_URL',
] as const satisfies readonly (keyof Checked)[];

/**
 * Names that are no settings of the bridge though they look like some: in the environment, which holds much else, those
 * with the beginning of one; in an env file all.
 */
export function unknownVariables(environment: Environment, namesOfFile: readonly string[] = []): string[] {
  const known = new Set(VARIABLE_NAMES.flatMap((name) => [name, `${name}_FILE`]));
  const names = [...Object.keys(environment).filter((name) => OWN_NAMES.test(name)), ...namesOfFile];
  return [...new Set(names)].filter((name) => !known.has(name) && !OF_THE_PROCESS.test(name));
}

const OWN_NAMES =
  /^(STATUS|SHIPSTATION|CSCART|EXPORT|ORDER|SHIPPED|PARTIALLY_SHIPPED|CHANGE|WEIGHT|SHIPPING|RUSH|RETENTION)_[A-Z0-9_]+$/;
const OF_THE_PROCESS = /^(?:TZ|NODE_[A-Z_]+)$/;

/** The configuration cannot be used. `problems` has one line for each thing that is wrong, beginning with the variable. */
export class InvalidConfig extends Error {
  override readonly name = 'InvalidConfig';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`the configuration cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

/** Checks the environment and makes a {@link Config} of it. Throws {@link InvalidConfig} with every problem at once. */
export function readConfig(environment: Environment): Config {
  const problems: string[] = [];
  const given = Object.fromEntries(
    VARIABLE_NAMES.flatMap((name) => {
      const value = readVariable(environment, name, problems);
      // A blank is no mistake in a password, and nothing else in any other setting.
      return value === undefined ? [] : [[name, name.includes('PASSWORD') ? value : value.trim()]];
    }),
  );
  const checked = VARIABLES.safeParse(given);
  for (const issue of checked.error?.issues ?? []) {
    const name = String(issue.path[0]);
    // A variable whose file could not be read has been named already.
    if (problems.some((problem) => problem.startsWith(`${name}_FILE`))) continue;
    problems.push(`${name}: ${name in given ? issue.message : 'is required'}`);
  }
  problems.push(...contradictions(given));
  if (!checked.success || problems.length > 0) throw new InvalidConfig(problems);
  return toConfig(checked.data, given);
}

type Checked = z.infer<typeof VARIABLES>;
type Given = Readonly<Record<string, string>>;

const WEIGHT_WORDS = { auto: 'auto', pounds: 'Pounds', ounces: 'Ounces', grams: 'Grams' } as const;

/** The setting that lists the store's statuses of each ShipStation status. */
export const STATUS_VARIABLES = {
  unpaid: 'STATUS_AWAITING_PAYMENT',
  paid: 'STATUS_AWAITING_SHIPMENT',
  shipped: 'STATUS_SHIPPED',
  cancelled: 'STATUS_CANCELLED',
  on_hold: 'STATUS_ON_HOLD',
} as const satisfies Record<ShipStationStatus, keyof Checked>;

/** What no variable shows by itself: the two addresses, and a store status that is given two meanings. */
function contradictions(given: Given): string[] {
  const problems: string[] = [];
  const portOf = (name: 'PORT' | 'OPS_PORT') => VARIABLES.shape[name].safeParse(given[name]).data;
  const hostOf = (name: 'HOST' | 'OPS_HOST') => VARIABLES.shape[name].safeParse(given[name]).data;
  if (
    portOf('PORT') === portOf('OPS_PORT') &&
    portOf('PORT') !== undefined &&
    hostOf('HOST') === hostOf('OPS_HOST')
  ) {
    problems.push(`OPS_PORT: must differ from PORT (both are ${portOf('PORT')})`);
  }
  const meanings = new Map<string, string>();
  for (const name of Object.values(STATUS_VARIABLES)) {
    for (const word of commaList.safeParse(given[name]).data ?? []) {
      const before = meanings.get(statusKey(word));
      if (before !== undefined && before !== name)
        problems.push(`${name}: "${word}" also stands in ${before}`);
      meanings.set(statusKey(word), name);
    }
  }
  return problems;
}

/** A letter is told from another letter by its case as well; names are not. */
function statusKey(word: string): string {
  return word.length === 1 ? word : word.toLowerCase();
}

function toConfig(checked: Checked, given: Given): Config {
  return {
    credentials: {
      username: checked.SHIPSTATION_USERNAME,
      passwords: [checked.SHIPSTATION_PASSWORD, checked.SHIPSTATION_PASSWORD_PREVIOUS].filter(
        (one) => one !== undefined,
      ),
    },
    store: {
      databaseUrl: checked.CSCART_DATABASE_URL,
      readDatabaseUrl: checked.CSCART_READ_DATABASE_URL,
      tablePrefix: checked.CSCART_TABLE_PREFIX,
      url: checked.CSCART_STORE_URL,
    },
    bridgeDatabaseUrl: checked.BRIDGE_DATABASE_URL,
    statuses: {
      unpaid: checked.STATUS_AWAITING_PAYMENT,
      paid: checked.STATUS_AWAITING_SHIPMENT,
      shipped: checked.STATUS_SHIPPED,
      cancelled: checked.STATUS_CANCELLED,
      on_hold: checked.STATUS_ON_HOLD,
      defaults: new Set(SHIPSTATION_STATUSES.filter((status) => !(STATUS_VARIABLES[status] in given))),
    },
    vocabulary: checked.STATUS_WORDS,
    shipping: {
      shippedStatus: checked.SHIPPED_STATUS,
      partiallyShippedStatus: checked.PARTIALLY_SHIPPED_STATUS,
      relabel: checked.RELABEL,
      writeStoreLog: checked.WRITE_STORE_LOG,
    },
    export: {
      pageSize: checked.EXPORT_PAGE_SIZE,
      overlapSeconds: checked.EXPORT_OVERLAP_SECONDS,
      currencyCode: checked.EXPORT_CURRENCY_CODE,
      changeDetection: checked.CHANGE_DETECTION,
      changeLookbackDays: checked.CHANGE_LOOKBACK_DAYS,
      orderNumberPrefix: checked.ORDER_NUMBER_PREFIX,
      filters: {
        startDay: checked.ORDER_START_DATE,
        countries: checked.ORDER_COUNTRIES,
        vendors: checked.ORDER_VENDORS,
        storefronts: checked.ORDER_STOREFRONTS,
        methods: checked.ORDER_SHIPPING_METHODS,
        statuses: checked.ORDER_EXPORT_STATUSES,
      },
      weightUnit: WEIGHT_WORDS[checked.WEIGHT_UNIT],
      pickupOrders: checked.EXPORT_PICKUP_ORDERS,
      methodLanguage: checked.SHIPPING_METHOD_LANGUAGE?.toLowerCase(),
      methodRules: checked.SHIPPING_METHOD_MAP,
      rushMark: checked.RUSH_MARK,
      fields: {
        customField1: checked.EXPORT_CUSTOM_FIELD_1,
        customField2: checked.EXPORT_CUSTOM_FIELD_2,
        customField3: checked.EXPORT_CUSTOM_FIELD_3,
        customerNotes: checked.EXPORT_CUSTOMER_NOTES,
        internalNotes: checked.EXPORT_INTERNAL_NOTES,
        gift: checked.EXPORT_GIFT,
        giftMessage: checked.EXPORT_GIFT_MESSAGE,
      },
      upc: checked.EXPORT_UPC,
      location: checked.EXPORT_LOCATION,
    },
    publicUrl: checked.PUBLIC_URL,
    endpoint: { host: checked.HOST, port: checked.PORT },
    ops: { host: checked.OPS_HOST, port: checked.OPS_PORT },
    trustProxy: checked.TRUST_PROXY,
    rateLimitPerMinute: checked.RATE_LIMIT_PER_MINUTE,
    retentionDays: checked.RETENTION_DAYS,
    logLevel: checked.LOG_LEVEL,
  };
}
