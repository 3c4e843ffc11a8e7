import { describe, expect, test } from 'vitest';
import { createTableNames, isTablePrefix } from '../../src/database/table-names.ts';

describe('a table prefix', () => {
  test.each(['', 'cscart_', 'cs2_', 'shop$', 'my-shop_', 'X'.repeat(40)])('may be %j', (prefix) => {
    expect(isTablePrefix(prefix)).toBe(true);
    const tables = createTableNames(prefix);
    expect(tables('orders')).toBe(`\`${prefix}orders\``);
    expect(tables.prefix).toBe(prefix);
  });

  test.each([
    '`',
    'a`b',
    'a b',
    'a.b',
    "a'",
    'a"',
    'a;',
    'a\\',
    'a\n',
    'cscart_\n',
    'a%',
    'é',
    '\0',
    'X'.repeat(41),
  ])('may not be %j, which could leave its quotes', (prefix) => {
    expect(isTablePrefix(prefix)).toBe(false);
    expect(() => createTableNames(prefix)).toThrow(TypeError);
  });
});
