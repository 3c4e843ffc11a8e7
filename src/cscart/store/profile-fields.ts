import type { Queryable } from '../../database/database.ts';
import type { TableNames } from '../../database/table-names.ts';
import { dayAt } from '../../values/calendar-day.ts';
import { createEpochSeconds } from '../../values/epoch-seconds.ts';
import { storedName, storedText } from '../stored-text.ts';
import { type Translations, translate } from '../translations.ts';
import type { StoreShape } from './store-shape.ts';

/** A field that the merchant has added to the checkout. */
export interface ProfileField {
  readonly id: number;
  /** May be empty: current versions do not ask for one. */
  readonly name: string;
  /** C contact, B billing, S shipping. */
  readonly section: string;
  /** One letter as in `profile_fields.field_type`: I, T text; S, R choice; C checkbox; D date; N address type; … */
  readonly type: string;
  /** By language. */
  readonly labels: Translations;
  /** Of a field of choices, by the value's id. */
  readonly choices: ReadonlyMap<string, Translations>;
}

interface FieldRow {
  readonly fieldId: number;
  readonly name: string;
  readonly section: string | null;
  readonly type: string;
  /** 0 for the field itself. A union of a plain 0 and a column may be a DECIMAL, which comes as text. */
  readonly valueId: number | string;
  readonly language: string | null;
  readonly label: string | null;
}

/** Reads the definitions of all profile fields, their labels and their choices, in one query. */
export async function readProfileFields(
  database: Queryable,
  tables: TableNames,
  shape: StoreShape,
): Promise<readonly ProfileField[]> {
  const needed = [
    'profile_fields',
    'profile_field_descriptions',
    'profile_field_values',
    'profile_fields_data',
  ];
  if (!needed.every((table) => shape.has(table))) return [];
  const rows = await database.query<FieldRow>(
    `select f.field_id as fieldId, f.field_name as name, f.section, f.field_type as type, 0 as valueId,
            d.lang_code as language, d.description as label
       from ${tables('profile_fields')} f
       left join ${tables('profile_field_descriptions')} d on d.object_id = f.field_id and d.object_type = 'F'
     union all
     select v.field_id, '', '', '', v.value_id, d.lang_code, d.description
       from ${tables('profile_field_values')} v
       join ${tables('profile_field_descriptions')} d on d.object_id = v.value_id and d.object_type = 'V'`,
  );
  const fields = new Map<number, ProfileField>();
  const labels = new Map<number, Map<string, string>>();
  const choices = new Map<number, Map<string, Map<string, string>>>();
  for (const row of rows) {
    const ofField = {
      labels: entry(labels, row.fieldId, () => new Map()),
      choices: entry(choices, row.fieldId, () => new Map()),
    };
    const language = row.language ?? '';
    const label = storedName(row.label);
    if (Number(row.valueId) !== 0) {
      entry(ofField.choices, String(row.valueId), () => new Map()).set(language, label);
      continue;
    }
    if (label !== '') ofField.labels.set(language, label);
    fields.set(row.fieldId, {
      id: row.fieldId,
      name: row.name.trim(),
      section: row.section ?? '',
      type: row.type,
      ...ofField,
    });
  }
  return [...fields.values()];
}

/** What a map has under a key, made on first use. */
function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

const SECTIONS = ['S', 'C', 'B'];

/**
 * The fields that the admin means: by id, else all of this name, else all with this label in any language, case ignored.
 * A field that stands in the billing and the shipping address is two, with one label, named `b_…` and `s_…`: the one of
 * the shipping address comes first.
 */
export function findProfileFields(
  fields: readonly ProfileField[],
  idNameOrLabel: string,
): readonly ProfileField[] {
  const wanted = storedName(idNameOrLabel).toLowerCase();
  if (wanted === '') return [];
  const byId = fields.filter(({ id }) => String(id) === wanted);
  if (byId.length > 0) return byId;
  const names = [wanted, `s_${wanted}`, `b_${wanted}`];
  const byName = fields.filter(({ name }) => names.includes(name.toLowerCase()));
  const found =
    byName.length > 0
      ? byName
      : fields.filter(({ labels }) => [...labels.values()].some((label) => label.toLowerCase() === wanted));
  const rank = ({ section }: ProfileField) =>
    SECTIONS.includes(section) ? SECTIONS.indexOf(section) : SECTIONS.length;
  return found.toSorted((a, b) => rank(a) - rank(b) || a.id - b.id);
}

/** The field's label in the first of `languages` that has one, else in any, else its name. */
export function labelOfField(field: ProfileField, languages: readonly string[]): string {
  return translate(field.labels, languages) ?? field.name;
}

/**
 * What an order says in a field, as a reader takes it: the label of a choice, Yes or No of a checkbox, a date as
 * 2026-03-31 in the store's time zone, else the text. Empty where there is nothing to say.
 */
export function shownProfileValue(
  field: ProfileField,
  stored: string,
  { languages, timeZone }: { readonly languages: readonly string[]; readonly timeZone: string },
): string {
  const text = storedText(stored);
  switch (field.type) {
    case 'S':
    case 'R': {
      const choice = field.choices.get(text);
      // 0 is the column's default and means that nothing was chosen.
      return choice ? (translate(choice, languages) ?? text) : text === '0' ? '' : text;
    }
    case 'C':
      return text === 'Y' ? 'Yes' : text === '' ? '' : 'No';
    case 'D':
      return shownDay(text, timeZone);
    default:
      return text;
  }
}

function shownDay(text: string, timeZone: string): string {
  if (!/^\d{1,10}$/.test(text)) return text;
  if (Number(text) === 0) return '';
  const { year, month, day } = dayAt(createEpochSeconds(Number(text)), timeZone);
  return [year, month, day].map((part) => String(part).padStart(2, '0')).join('-');
}
