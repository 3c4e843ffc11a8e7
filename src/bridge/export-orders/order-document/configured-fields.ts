import type { ConfiguredFields, ExportConfig } from '../../../config/config.ts';
import type { FieldSource, FieldWord, ItemSource } from '../../../config/field-source.ts';
import type { Order, OrderLine } from '../../../cscart/orders/order.ts';
import type { WantedExtras } from '../../../cscart/orders/wanted-extras.ts';
import { findFeatures } from '../../../cscart/store/features.ts';
import { findProfileFields, labelOfField, shownProfileValue } from '../../../cscart/store/profile-fields.ts';
import type { Store } from '../../../cscart/store/store.ts';
import type { ShippingWords } from './shipping-words.ts';

/** What a source says of an order, and how it is called where several stand below each other. */
interface SourceText {
  /** Empty for the notes themselves, which speak for themselves. */
  readonly label: string;
  readonly text: string;
}

export type ReadSource = (order: Order, words: ShippingWords) => SourceText;
type ReadItemSource = (line: OrderLine) => string | undefined;

/** The configured fields of this store, ready to be read from its orders. */
export interface FieldReaders {
  readonly customField1: readonly ReadSource[];
  readonly customField2: readonly ReadSource[];
  readonly customField3: readonly ReadSource[];
  readonly customerNotes: readonly ReadSource[];
  readonly internalNotes: readonly ReadSource[];
  readonly gift: ReadSource | undefined;
  readonly giftMessage: ReadSource | undefined;
  readonly upc: ReadItemSource | undefined;
  readonly location: ReadItemSource | undefined;
  /** What has to be read with the orders. */
  readonly wanted: WantedExtras;
  /** Sources that this store does not have, or that the account may not see: as the admin wrote them, and where. */
  readonly unknown: readonly { readonly variable: string; readonly source: string }[];
}

type FieldConfig = Pick<ExportConfig, 'fields' | 'rushMark' | 'upc' | 'location' | 'methodLanguage'>;

/** Finds the configured sources in a store. What it does not have says nothing, and is named for the admin. */
export function createFieldReaders(config: FieldConfig, store: Store): FieldReaders {
  const unknown: { readonly variable: string; readonly source: string }[] = [];
  const profileFields = new Set<number>();
  const orderColumns = new Set<string>();
  const productColumns = new Set<string>();
  const features = new Set<number>();

  const readerOf = (variable: string, source: FieldSource): ReadSource[] => {
    if (source.kind === 'word') return [(order, words) => readWord(source.word, order, words, config, store)];
    if (source.kind === 'column') {
      const { column } = source;
      if (!store.shape.has('orders', column.toLowerCase())) return notThere(variable, `column:${column}`);
      orderColumns.add(column);
      return [(order) => ({ label: column, text: order.columns.get(column) ?? '' })];
    }
    const found = findProfileFields(store.profileFields, source.key);
    const [first] = found;
    if (!first) return notThere(variable, `field:${source.key}`);
    for (const { id } of found) profileFields.add(id);
    return [
      (order) => {
        const languages = [order.language, ...store.languages];
        const shown = found.map((field) =>
          shownProfileValue(field, order.profileValues.get(field.id) ?? '', {
            languages,
            timeZone: store.timeZone,
          }),
        );
        return { label: labelOfField(first, languages), text: shown.find((text) => text !== '') ?? '' };
      },
    ];
  };
  const itemReaderOf = (variable: string, source: ItemSource | undefined): ReadItemSource | undefined => {
    if (source?.kind === 'column') {
      const { column } = source;
      if (!store.shape.has('products', column.toLowerCase()))
        return void notThere(variable, `column:${column}`);
      productColumns.add(column);
      return (line) => line.productColumns.get(column) || undefined;
    }
    if (source?.kind !== 'feature') return undefined;
    const found = findFeatures(store.features, source.key);
    if (found.length === 0) return void notThere(variable, `feature:${source.key}`);
    for (const { id } of found) features.add(id);
    return (line) => found.map(({ id }) => line.features.get(id)).find((text) => text) || undefined;
  };
  const notThere = (variable: string, source: string): [] => {
    unknown.push({ variable, source });
    return [];
  };
  const all = (variable: string, sources: readonly FieldSource[]) =>
    sources.flatMap((source) => readerOf(variable, source));
  const one = (variable: string, source: FieldSource | undefined) =>
    source ? readerOf(variable, source)[0] : undefined;

  const { fields } = config;
  const readers = {
    customField1: all('EXPORT_CUSTOM_FIELD_1', fields.customField1),
    customField2: all('EXPORT_CUSTOM_FIELD_2', fields.customField2),
    customField3: all('EXPORT_CUSTOM_FIELD_3', fields.customField3),
    customerNotes: all('EXPORT_CUSTOMER_NOTES', fields.customerNotes),
    internalNotes: all('EXPORT_INTERNAL_NOTES', fields.internalNotes),
    gift: one('EXPORT_GIFT', fields.gift),
    giftMessage: one('EXPORT_GIFT_MESSAGE', fields.giftMessage),
    upc: itemReaderOf('EXPORT_UPC', config.upc),
    location: itemReaderOf('EXPORT_LOCATION', config.location),
  } satisfies Record<keyof ConfiguredFields | 'upc' | 'location', unknown>;
  return {
    ...readers,
    unknown,
    wanted: {
      profileFields: [...profileFields],
      orderColumns: [...orderColumns],
      productColumns: [...productColumns],
      features: [...features],
      methodLanguage: config.methodLanguage,
    },
  };
}

function readWord(
  word: FieldWord,
  order: Order,
  words: ShippingWords,
  { rushMark }: FieldConfig,
  { storefronts }: Store,
): SourceText {
  switch (word) {
    case 'notes':
      return { label: '', text: order.customerNotes };
    case 'staff-notes':
      return { label: '', text: order.staffNotes };
    case 'coupons':
      return { label: 'Coupons', text: order.coupons.join(', ') };
    case 'rush':
      return { label: '', text: words.isRush ? rushMark : '' };
    case 'address-type':
      return { label: 'Address type', text: order.addressType };
    case 'vendor':
      return { label: 'Vendor', text: storefronts.companyName(order.companyId) ?? '' };
    case 'storefront':
      return { label: 'Storefront', text: storefronts.find(order)?.name ?? '' };
    case 'gift-certificates':
      return {
        label: 'Gift certificates',
        text: order.usedGiftCertificates.map(({ code }) => code).join(', '),
      };
    case 'payment-method':
      return { label: 'Payment', text: order.paymentMethod };
    case 'shipping-method':
      return { label: 'Shipping', text: words.method };
    case 'pickup-point':
      return {
        label: 'Pickup',
        text: order.shippingMethods.flatMap(({ pickup }) => pickup?.name || []).join(', '),
      };
    case 'language':
      return { label: 'Language', text: order.language };
  }
}
