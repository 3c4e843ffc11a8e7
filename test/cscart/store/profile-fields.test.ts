import { describe, expect, test } from 'vitest';
import {
  findProfileFields,
  labelOfField,
  type ProfileField,
  shownProfileValue,
} from '../../../src/cscart/store/profile-fields.ts';

function aField(changes: Partial<ProfileField> = {}): ProfileField {
  return { id: 36, name: '', section: 'C', type: 'I', labels: new Map(), choices: new Map(), ...changes };
}

const WRAP = aField({
  id: 36,
  name: 'gift_wrap',
  type: 'S',
  labels: new Map([
    ['en', 'Gift wrap'],
    ['de', 'Geschenkpapier'],
  ]),
  choices: new Map([
    [
      '5',
      new Map([
        ['en', 'Red paper'],
        ['de', 'Rotes Papier'],
      ]),
    ],
    ['6', new Map([['en', 'Blue paper']])],
    ['7', new Map([['en', '']])],
  ]),
});
const FIELDS: readonly ProfileField[] = [
  aField({ id: 7, name: '36', labels: new Map([['en', 'Locker']]) }),
  WRAP,
  aField({ id: 40, name: 'Locker', labels: new Map([['en', 'Number & street']]) }),
  aField({ id: 41, labels: new Map([['en', 'Gift wrap']]) }),
  aField({ id: 42 }),
];

describe('the fields that the admin means', () => {
  test.each<[string, string, readonly number[]]>([
    ['have the id', '40', [40]],
    ['have the id, before another bears it as its name', '36', [36]],
    ['have the name', 'gift_wrap', [36]],
    ['have the name in capitals', 'GIFT_WRAP', [36]],
    ['have the name, before another bears it as its label', 'Locker', [40]],
    ['have the label, all of them', 'Gift wrap', [36, 41]],
    ['have the label in any language', 'geschenkpapier', [36]],
    ['have the label with other blanks', '  Gift   wrap ', [36, 41]],
    ['have the label with its entities', 'Number &amp; street', [40]],
    ['are none by a part of a label', 'Gift', []],
    ['are none by an id that is not there', '99', []],
    ['are none by nothing', '', []],
    ['are none by a blank', ' ', []],
  ])('%s', (_, words, ids) => {
    expect(findProfileFields(FIELDS, words).map(({ id }) => id)).toEqual(ids);
  });

  test('of both addresses are two, that of the shipping address first', () => {
    const label = new Map([['en', 'Gate code']]);
    const pair = [
      aField({ id: 50, name: 'b_gate', section: 'B', labels: label }),
      aField({ id: 51, name: 's_gate', section: 'S', labels: label }),
      aField({ id: 52, name: 'other', section: 'C', labels: label }),
    ];
    expect(findProfileFields(pair, 'Gate code').map(({ id }) => id)).toEqual([51, 52, 50]);
    expect(findProfileFields(pair, 'gate').map(({ id }) => id)).toEqual([51, 50]);
    expect(findProfileFields(pair, 'b_gate').map(({ id }) => id)).toEqual([50]);
  });
});

describe('the label of a field', () => {
  test.each<[string, ProfileField, readonly string[], string]>([
    ['comes in the first language', WRAP, ['de', 'en'], 'Geschenkpapier'],
    ['comes in the next language that has it', WRAP, ['fr', 'en'], 'Gift wrap'],
    ['comes in any language', WRAP, ['fr'], 'Gift wrap'],
    ['is the name where there is none', aField({ name: 'po_number' }), ['en'], 'po_number'],
    ['is empty where there is no name either', aField(), ['en'], ''],
  ])('%s', (_, field, languages, label) => {
    expect(labelOfField(field, languages)).toBe(label);
  });
});

describe('what an order says', () => {
  const show = (field: ProfileField, stored: string, languages = ['de', 'en'], timeZone = 'UTC') =>
    shownProfileValue(field, stored, { languages, timeZone });

  test.each<[string, string, string, string]>([
    ['in a line of text', 'I', ' Ring twice ', 'Ring twice'],
    ['in a text of several lines', 'T', 'Ring twice\nthen wait', 'Ring twice\nthen wait'],
    ['in a text with entities', 'T', 'Ring &quot;twice&quot; &amp; wait', 'Ring "twice" & wait'],
    ['in a text that is a number', 'I', '0', '0'],
    ['in an address type', 'N', 'residential', 'residential'],
    ['in a phone number', 'P', '+1 503 555 0100', '+1 503 555 0100'],
    ['in an e-mail', 'E', 'pat@example.test', 'pat@example.test'],
    ['in a type that is not known', '~', 'x', 'x'],
    ['in a type that is empty', '', 'x', 'x'],
    ['in nothing', 'I', '', ''],
    ['in a checkbox that is set', 'C', 'Y', 'Yes'],
    ['in a checkbox that is not', 'C', 'N', 'No'],
    ['in a checkbox of an import', 'C', '0', 'No'],
    ['in a checkbox that the order does not have', 'C', '', ''],
    ['in a date', 'D', '1774915200', '2026-03-31'],
    ['in an early date', 'D', '86400', '1970-01-02'],
    ['in a date that was not given', 'D', '0', ''],
    ['in a date that the order does not have', 'D', '', ''],
    ['in a date that was stored as text', 'D', '03/31/2026', '03/31/2026'],
    ['in a date beyond all columns', 'D', '99999999999', '99999999999'],
    ['in a date below them', 'D', '-86400', '-86400'],
  ])('%s', (_, type, stored, text) => {
    expect(show(aField({ type }), stored)).toBe(text);
  });

  test.each(['S', 'R'])('in a choice (%s) is the label of what was chosen', (type) => {
    const field = { ...WRAP, type };
    expect(show(field, '5')).toBe('Rotes Papier');
    expect(show(field, '5', ['en'])).toBe('Red paper');
    expect(show(field, '6')).toBe('Blue paper');
    expect(show(field, ' 6 ')).toBe('Blue paper');
    // Gone, or without a label: then its number says more than nothing.
    expect(show(field, '7')).toBe('7');
    expect(show(field, '8')).toBe('8');
    expect(show(field, '0')).toBe('');
    expect(show(field, '')).toBe('');
  });

  test('in a choice with the id 0 is its label', () => {
    const field = aField({ type: 'R', choices: new Map([['0', new Map([['en', 'None']])]]) });
    expect(show(field, '0')).toBe('None');
  });

  test.each<[string, string]>([
    ['America/New_York', '2026-03-30'],
    ['UTC', '2026-03-31'],
    ['Pacific/Kiritimati', '2026-03-31'],
  ])('in a date is the day in the store’s time zone: %s', (timeZone, text) => {
    expect(show(aField({ type: 'D' }), '1774915200', ['en'], timeZone)).toBe(text);
  });
});
