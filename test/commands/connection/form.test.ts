import { describe, expect, test } from 'vitest';
import { connectionForm } from '../../../src/commands/connection/form.ts';

const CREDENTIALS = { username: 'shipstation', passwords: ['planted-secret-word'] };
const URL = 'https://shop.example.com/shipstation';

function form(changes: Partial<Parameters<typeof connectionForm>[0]> = {}) {
  return connectionForm({
    credentials: CREDENTIALS,
    publicUrl: URL,
    vocabulary: 'custom-store',
    ...changes,
  });
}

function valuesOf(changes: Parameters<typeof form>[0] = {}): Record<string, string> {
  return Object.fromEntries(form(changes).fields.map(({ field, value }) => [field, value]));
}

describe('for a Custom Store', () => {
  test('every field of the form has what to type', () => {
    expect(form().path.at(-1)).toBe('Custom Store');
    expect(valuesOf()).toEqual({
      'URL to custom XML page': URL,
      Username: 'shipstation',
      Password: expect.stringContaining('SHIPSTATION_PASSWORD'),
      'Unpaid Status': 'unpaid',
      'Paid Status': 'paid',
      'Shipped Status': 'shipped',
      'Cancelled Status': 'cancelled',
      'On-Hold Status': 'on_hold',
    });
  });

  test('an address keeps its own query', () => {
    expect(valuesOf({ publicUrl: `${URL}?store=2` })['URL to custom XML page']).toBe(`${URL}?store=2`);
  });
});

describe('for the CS-Cart tile', () => {
  const TILE = { vocabulary: 'cs-cart' } as const;

  test('the address is that of a store, and the words are those of the tile', () => {
    expect(form(TILE).path.at(-1)).toBe('CS-Cart');
    expect(valuesOf({ ...TILE, publicUrl: `${URL}?store=2` })).toEqual({
      'Address of the store': URL,
      Username: 'shipstation',
      Password: expect.stringContaining('SHIPSTATION_PASSWORD'),
    });
    expect(form(TILE).words).toEqual([
      { status: 'Awaiting Payment', word: 'pending' },
      { status: 'Awaiting Shipment', word: 'processed' },
      { status: 'Shipped', word: 'shipped' },
      { status: 'Cancelled', word: 'canceled' },
      { status: 'On Hold', word: 'pending' },
    ]);
  });

  test('the front page of a shop is an address as good as that of the bridge', () => {
    expect(form({ ...TILE, publicUrl: 'https://shop.example.com/' }).hints).toEqual([]);
    expect(form({ ...TILE, publicUrl: 'https://shop.example.com' }).hints).toEqual([]);
  });
});

describe('it is said', () => {
  test('nothing where nothing stands in the way', () => {
    expect(form().hints).toEqual([]);
    expect(form({ publicUrl: `${URL}/?store=2` }).hints).toEqual([]);
  });

  test.each<[string, Parameters<typeof form>[0], RegExp]>([
    ['that the address is an example', { publicUrl: undefined }, /PUBLIC_URL is not set.* example/],
    [
      'that nothing protects what travels',
      { publicUrl: 'http://shop.example.com/shipstation' },
      /https:\/\//,
    ],
    ['that nobody else reaches this machine', { publicUrl: 'https://localhost/shipstation' }, /localhost/],
    ['that a private address is private', { publicUrl: 'https://192.168.0.7/shipstation' }, /192\.168\.0\.7/],
    [
      'where the bridge answers',
      { publicUrl: 'https://shop.example.com/orders' },
      /\/orders .*\/shipstation/,
    ],
    ['where the bridge answers', { publicUrl: 'https://shop.example.com' }, /pass \/ on to \/shipstation/],
    [
      'that an old password is still let in',
      { credentials: { username: 'shipstation', passwords: ['new', 'old'] } },
      /SHIPSTATION_PASSWORD_PREVIOUS/,
    ],
  ])('%s', (_, changes, hint) => {
    expect(form(changes).hints).toEqual([expect.stringMatching(hint)]);
  });
});

test('the password is nowhere', () => {
  for (const vocabulary of ['custom-store', 'cs-cart'] as const)
    expect(JSON.stringify(form({ vocabulary, publicUrl: undefined }))).not.toContain('planted-secret-word');
});
