import { expect, test } from 'vitest';
import { explainRedirect } from '../../../src/commands/connection/explain-redirect.ts';
import { anAnswer } from './outcomes.ts';

const ASKED = 'https://shop.example.com/shipstation';

test.each<[string, string, string, RegExp, RegExp]>([
  [
    'to https',
    'http://shop.example.com/shipstation',
    `${ASKED}?action=export`,
    /only https/,
    /take https:\/\/shop\.example\.com\/shipstation as/,
  ],
  [
    'to https, on another port',
    'http://shop.example.com:8080/shipstation',
    ASKED,
    /only https/,
    /take https/,
  ],
  [
    'to www',
    ASKED,
    'https://www.shop.example.com/shipstation?action=export',
    /another www/,
    /take https:\/\/www\./,
  ],
  [
    'away from www',
    'https://www.example.com/shipstation',
    'https://example.com/shipstation',
    /another www/,
    /take/,
  ],
  [
    'to a slash',
    ASKED,
    '/shipstation/?action=export',
    /another slash/,
    /take https:\/\/shop\.example\.com\/shipstation\/ as/,
  ],
  ['to a page for logging in', ASKED, '/index.php?dispatch=x&return=/login', /elsewhere/, /rewrite/],
  [
    'to a page for logging in by its path',
    ASKED,
    '/auth/sign-in?next=x',
    /a page for logging in/,
    /asks people/,
  ],
  [
    'to an office’s single sign-on',
    ASKED,
    'https://example.cloudflareaccess.com/cdn-cgi/access/login',
    /logging in/,
    /asks people/,
  ],
  ['to itself', ASKED, ASKED, /never ends/, /Full \(strict\)/],
  ['to plain HTTP', ASKED, 'http://shop.example.com/shipstation', /not protected/, /in the clear/],
  ['to another server', ASKED, 'https://parking.example.net/', /another server/, /take the redirect away/],
  ['to the front page', ASKED, '/', /elsewhere/, /rewrite/],
])('a redirect %s', (_, asked, location, message, advice) => {
  const { message: said, advice: todo } = explainRedirect(new URL(asked), anAnswer(302, '', { location }));
  expect(said).toMatch(/^302, a redirect to https?:\/\//);
  expect(said).toMatch(message);
  expect(todo).toMatch(advice);
  // What was asked stands in the query, and may hold more than it should.
  expect(said + todo).not.toContain('action=');
});

test.each<Record<string, string>[]>([[{}], [{ location: 'http://[' }]])(
  'a redirect to nowhere %j',
  (headers) => {
    expect(explainRedirect(new URL(ASKED), anAnswer(301, '', headers)).message).toContain('nowhere');
  },
);
