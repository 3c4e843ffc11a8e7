import { describe, expect, test } from 'vitest';
import type { Answer, NoAnswer } from '../../../src/commands/connection/call.ts';
import { explainOutcome } from '../../../src/commands/connection/explain-answer.ts';
import { anAnswer, html } from './outcomes.ts';

const HTTPS = new URL('https://shop.example.com/shipstation');
const HTTP = new URL('http://shop.example.com/shipstation');

describe('an answer of somebody else', () => {
  test.each<[string, Answer, RegExp, RegExp]>([
    [
      'a bot protection',
      anAnswer(403, html('Just a moment...'), { server: 'cloudflare', 'cf-mitigated': 'challenge' }),
      /^403, an HTML page "Just a moment\.\.\.": a bot protection/,
      /skips it for this address/,
    ],
    [
      'a bot protection that answers with a success',
      anAnswer(200, html('One moment, please', '<script src="/cdn-cgi/challenge-platform/x.js"></script>')),
      /bot protection/,
      /Skip/,
    ],
    [
      'a captcha of Amazon’s',
      anAnswer(405, '', { 'x-amzn-waf-action': 'captcha' }),
      /bot protection/,
      /rule/,
    ],
    [
      'a firewall',
      anAnswer(403, html('403 Forbidden', 'Blocked by ModSecurity')),
      /^403, an HTML page "403 Forbidden": a firewall/,
      /ShipStation publishes no IP addresses/,
    ],
    ['a firewall by its header', anAnswer(503, '', { 'x-sucuri-id': '11005' }), /a firewall/, /allow/],
    ['a refusal without a reason', anAnswer(403), /^403, nothing: a firewall or a rule/, /allow/],
    [
      'an unacceptable request',
      anAnswer(406, html('Not Acceptable!')),
      /a firewall or a rule/,
      /ModSecurity/,
    ],
    [
      'a password of the web server’s own',
      anAnswer(401, html('401'), { 'www-authenticate': 'Basic realm="Staging site"' }),
      /^401 by something in front of the bridge \("Staging site"\)/,
      /take that password away/,
    ],
    [
      'a page for logging in',
      anAnswer(200, html('Sign in', '<form><input name=p type="password"></form>')),
      /"Sign in": a page for logging in/,
      /leave this address out/,
    ],
    [
      'the shop',
      anAnswer(200, html('My shop', '<a href="/?dispatch=products.view"><input type="password">')),
      /^200, an HTML page "My shop": the shop itself answers/,
      /deploy\/README\.md/,
    ],
    [
      'the shop by its cookie',
      anAnswer(200, 'closed', { 'set-cookie': 'sid_customer_1a2b=x; path=/' }),
      /the shop itself answers/,
      /pass this address on/,
    ],
    [
      'a page that nobody knows',
      anAnswer(404, html('Not found')),
      /^404, an HTML page "Not found", and not by the bridge/,
      /pass/,
    ],
    ['a static server', anAnswer(405, html('405 Not Allowed')), /another program has this address/, /pass/],
    [
      'a limit of requests',
      anAnswer(429, '', { 'retry-after': '30' }),
      /limits requests \(Retry-After: 30\)/,
      /out of its limit/,
    ],
    [
      'a web server without the bridge',
      anAnswer(502, html('502 Bad Gateway')),
      /does not reach the bridge/,
      /SELinux/,
    ],
    [
      'a shop that is closed',
      anAnswer(503, html('Maintenance')),
      /and not by the bridge: .* closed/,
      /open it/,
    ],
    ['a web server that has waited in vain', anAnswer(504, html('504')), /waited in vain/, /check/],
    [
      'Cloudflare without a server',
      anAnswer(522, html('522')),
      /Cloudflare does not reach/,
      /let Cloudflare in/,
    ],
    ['a broken program', anAnswer(500, html('Oops')), /^500, .*and not by the bridge/, /error log/],
    ['a proxy on the way', anAnswer(407), /a proxy on the way/, /without a proxy/],
    ['a limit of size', anAnswer(413, html('413')), /no requests of this size/, /client_max_body_size/],
    [
      'a port for TLS',
      anAnswer(400, html('400', 'The plain HTTP request was sent to HTTPS port')),
      /this port wants TLS/,
      /https:\/\//,
    ],
    [
      'a server that wants certificates',
      anAnswer(400, html('400', 'No required SSL certificate was sent')),
      /certificate of their own/,
      /take that away/,
    ],
    ['nothing at all', anAnswer(200), /^200, nothing: something else/, /pass/],
    ['JSON', anAnswer(200, '{"error":"x"}'), /^200, JSON \{"error":"x"\}/, /pass/],
    ['XML of another kind', anAnswer(200, '<?xml version="1.0"?><rss/>'), /another kind \(<rss>\)/, /pass/],
    ['another plain text', anAnswer(200, 'no access\n'), /the text "no access"/, /pass/],
  ])('is explained: %s', (_, answer, message, advice) => {
    const explained = explainOutcome(HTTPS, answer);
    expect(explained.message).toMatch(message);
    expect(explained.advice).toMatch(advice);
  });

  test.each([204, 206, 304, 402, 418, 451, 499, 599, 999])(
    'has an explanation with any status: %d',
    (status) => {
      const { message, advice } = explainOutcome(HTTPS, anAnswer(status, html('?')));
      expect(message).toContain(String(status));
      expect(advice).not.toBe('');
    },
  );

  test('cannot do anything to the terminal', () => {
    const title = 'a\u001b[2Jb\r\n\u202ec';
    for (const answer of [
      anAnswer(404, html(title)),
      anAnswer(200, `x ${title}`),
      anAnswer(401, '', { 'www-authenticate': `Basic realm="${title}"` }),
      anAnswer(429, '', { 'retry-after': title }),
    ])
      expect(explainOutcome(HTTPS, answer).message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  test('is not shown in full length', () => {
    expect(explainOutcome(HTTPS, anAnswer(200, 'x'.repeat(100_000))).message.length).toBeLessThan(200);
    expect(explainOutcome(HTTPS, anAnswer(200, html('x'.repeat(100_000)))).message.length).toBeLessThan(200);
  });
});

describe('no answer', () => {
  const silence = (code: string): NoAnswer => ({ kind: 'no answer', code, milliseconds: 30_000 });

  test.each<[URL, string, RegExp, RegExp]>([
    [HTTPS, 'TIMEOUT', /no answer within 30 seconds/, /firewall/],
    [HTTPS, 'ECONNRESET', /closed instead of an answer/, /error log/],
    [HTTP, 'ECONNRESET', /closed instead of an answer/, /https:\/\//],
    [HTTP, 'HPE_INVALID_CONSTANT', /does not speak HTTP/, /https:\/\//],
    [HTTPS, 'HPE_INVALID_CONSTANT', /does not speak HTTP/, /mend the port/],
    [HTTPS, 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', /ended the connection/, /certificate of their own/],
    [HTTPS, 'EWHATEVER', /EWHATEVER/, /error log/],
  ])('%s %s', (url, code, message, advice) => {
    expect(explainOutcome(url, silence(code))).toEqual({
      message: expect.stringMatching(message),
      advice: expect.stringMatching(advice),
    });
  });
});
