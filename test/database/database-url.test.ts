import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DatabaseUrl, parseDatabaseUrl } from '../../src/database/database-url.ts';

const PLAIN: DatabaseUrl = {
  host: 'db.example.com',
  port: 3306,
  socketPath: undefined,
  user: 'reader',
  password: 'pass',
  database: 'shop',
  tls: 'off',
};

describe('a URL is read', () => {
  test.each<[string, Partial<DatabaseUrl>]>([
    ['mysql://reader:pass@db.example.com/shop', {}],
    ['mysql://reader:pass@db.example.com:3306/shop', {}],
    ['mariadb://reader:pass@db.example.com:3307/shop', { port: 3307 }],
    ['mysql://reader@db.example.com/shop', { password: '' }],
    ['mysql://reader:pass@127.0.0.1/shop', { host: '127.0.0.1' }],
    ['mysql://reader:pass@[::1]:3307/shop', { host: '::1', port: 3307 }],
    ['mysql://reader:p%40ss%3A%2F%23%25@db.example.com/shop', { password: 'p@ss:/#%' }],
    ['mysql://re%40der:pass@db.example.com/shop', { user: 're@der' }],
    ['mysql://reader:pass@db.example.com/my%20shop', { database: 'my shop' }],
    ['mysql://reader:pa:ss@db.example.com/shop', { password: 'pa:ss' }],
    ['mysql://reader:pass@db.example.com/shop?ssl=verify', { tls: 'verified' }],
    ['mysql://reader:pass@db.example.com/shop?ssl=TRUE', { tls: 'verified' }],
    ['mysql://reader:pass@db.example.com/shop?ssl=required', { tls: 'verified' }],
    ['mysql://reader:pass@db.example.com/shop?ssl=skip-verify', { tls: 'unverified' }],
    ['mysql://reader:pass@db.example.com/shop?ssl=off', { tls: 'off' }],
    [
      'mysql://reader:pass@localhost/shop?socket=/run/mysqld/mysqld.sock',
      { host: 'localhost', socketPath: '/run/mysqld/mysqld.sock' },
    ],
  ])('%s', (url, changes) => {
    expect(parseDatabaseUrl(url)).toEqual({ ...PLAIN, ...changes });
  });

  test('any user, password and database, percent-encoded', () => {
    const part = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((text) => !text.includes('/') && !/^\.{1,2}$/.test(text));
    fc.assert(
      fc.property(part, fc.string({ unit: 'grapheme' }), part, (user, password, database) => {
        const [encodedUser, encodedPassword, encodedDatabase] = [user, password, database].map(
          encodeURIComponent,
        );
        const url = parseDatabaseUrl(
          `mysql://${encodedUser}:${encodedPassword}@db.example.com/${encodedDatabase}`,
        );
        expect(url).toEqual({ ...PLAIN, user, password, database });
      }),
    );
  });
});

describe('a URL is refused', () => {
  test.each<[string, RegExp]>([
    ['', /^is not a URL like/],
    ['db.example.com', /^is not a URL like/],
    ['mysql://reader:s3cret@db:port/shop', /^is not a URL like/],
    ['mysql://reader:s3#cret@db/shop', /^is not a URL like/],
    ['https://reader:s3cret@db/shop', /^must begin with mysql:\/\/$/],
    ['mysql://reader:s3cret@db', /name of the database/],
    ['mysql://reader:s3cret@db/', /name of the database/],
    ['mysql://reader:s3cret@db/shop/orders', /name of the database/],
    ['mysql://reader:s3cret@db/%zz', /name of the database/],
    ['mysql://reader:s3%cret@db/shop', /write % as %25/],
    ['mysql://:s3cret@db/shop', /names no user/],
    ['mysql://db/shop', /names no user/],
    ['mysql://reader:s3cret@db/shop?ssl=perhaps', /unknown \?ssl=/],
    // A word that every object knows.
    ['mysql://reader:s3cret@db/shop?ssl=constructor', /unknown \?ssl=/],
    ['mysql://reader:s3cret@db/shop?charset=utf8', /^has an unknown option "charset"$/],
  ])('%s', (url, problem) => {
    const answer = parseDatabaseUrl(url);
    expect(answer).toEqual({ problem: expect.stringMatching(problem) });
    expect(JSON.stringify(answer)).not.toMatch(/s3.?cret/);
  });

  test('in a sentence, never with an error, whatever stands there', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `mysql://${text}`),
        ),
        (text) => {
          const answer = parseDatabaseUrl(text);
          expect('problem' in answer ? answer.problem : answer.database).not.toBe('');
        },
      ),
    );
  });
});
