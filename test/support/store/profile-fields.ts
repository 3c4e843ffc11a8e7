import { IdSequence } from './id-sequence.ts';
import type { Row } from './tables.ts';

/** A field of the store's own on the checkout's form. */
export interface PlainProfileField {
  /** `profile_fields.field_name`; often empty for a merchant's own fields, which orders then name by the label. */
  readonly name: string;
  /** What the buyer sees. */
  readonly label: string;
  /** By language code, where it differs from `label`. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** Input, text area, select, radio, checkbox, date, or kind of address. Default `I`. */
  readonly type?: 'I' | 'T' | 'S' | 'R' | 'C' | 'D' | 'N' | undefined;
  /** Contact, billing or shipping. Default `C`. */
  readonly section?: 'C' | 'B' | 'S' | undefined;
  /** What a field of type S or R offers. */
  readonly values?: readonly (string | PlainFieldValue)[] | undefined;
}

interface PlainFieldValue {
  readonly label: string;
  /** By language code, where it differs from `label`. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

/** A field as it came into the store. */
export interface PlacedProfileField {
  readonly fieldId: number;
  /** `value_id` by the value's label. */
  readonly valueIds: Readonly<Record<string, number>>;
}

interface KnownField extends PlacedProfileField {
  readonly offersValues: boolean;
}

/** The fields of one store, and what orders hold in them. */
export class ProfileFields {
  readonly #languages: readonly string[];
  /** By name, or by label where there is no name. */
  readonly #known = new Map<string, KnownField>();
  readonly #fieldIds = new IdSequence();
  readonly #valueIds = new IdSequence();

  constructor(languages: readonly string[]) {
    this.#languages = languages;
  }

  /** Takes a field into the store and gives its rows. */
  add(field: PlainProfileField): {
    placed: PlacedProfileField;
    rows: Readonly<Record<string, readonly Row[]>>;
  } {
    const { type = 'I', section = 'C' } = field;
    const fieldId = this.#fieldIds.take();
    const values = (field.values ?? [])
      .map((value): PlainFieldValue => (typeof value === 'string' ? { label: value } : value))
      .map((value) => ({ ...value, valueId: this.#valueIds.take() }));
    const placed = {
      fieldId,
      valueIds: Object.fromEntries(values.map(({ label, valueId }) => [label, valueId])),
    };
    this.#known.set(field.name || field.label, { ...placed, offersValues: type === 'S' || type === 'R' });
    return {
      placed,
      rows: {
        profile_fields: [
          { field_id: fieldId, field_name: field.name, field_type: type, section, checkout_show: 'Y' },
        ],
        profile_field_values: values.map(({ valueId }, position) => ({
          value_id: valueId,
          field_id: fieldId,
          position,
        })),
        profile_field_descriptions: [
          ...this.#descriptions(fieldId, 'F', field),
          ...values.flatMap((value) => this.#descriptions(value.valueId, 'V', value)),
        ],
      },
    };
  }

  /**
   * The rows of `profile_fields_data` of an order, by what it gives for each field. Throws `RangeError` for a field, or
   * for a value of a field of type S or R, that the store does not have.
   */
  rowsOfOrder(orderId: number, given: Readonly<Record<string, string>>): readonly Row[] {
    return Object.entries(given).map(([name, value]) => {
      const field = this.#known.get(name);
      if (field === undefined) throw new RangeError(`the store has no profile field ${name}`);
      const stored = field.offersValues ? field.valueIds[value] : value;
      if (stored === undefined) throw new RangeError(`the profile field ${name} does not offer ${value}`);
      return { object_id: orderId, object_type: 'O', field_id: field.fieldId, value: String(stored) };
    });
  }

  #descriptions(objectId: number, objectType: 'F' | 'V', { label, labels }: PlainFieldValue): Row[] {
    return this.#languages.map((language) => ({
      object_id: objectId,
      object_type: objectType,
      lang_code: language,
      description: labels?.[language] ?? label,
    }));
  }
}
