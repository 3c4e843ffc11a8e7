import { describe, expect, it, test } from 'vitest';
import { createLogger } from '../../src/commands/logger.ts';
import { createLogWatch, PLANTED } from '../../torture/planted.ts';

const SECRET = PLANTED.password;

/** What is found in a line. */
function findingsIn(line: string, environment: Readonly<Record<string, string>> = {}): readonly string[] {
  const watch = createLogWatch(environment);
  watch.look(line);
  return watch.findings;
}

describe('finds a planted word in a log line', () => {
  test.each(Object.entries(PLANTED))('%s', (what, word) => {
    expect(findingsIn(`{"event":"x","text":"so ${word}!"}`)).toEqual([
      expect.stringContaining(`${what} in `),
    ]);
  });

  test.each<[string, string]>([
    ['in other letters', SECRET.toUpperCase()],
    ['in an address', `/shipstation?SS-Password=${encodeURIComponent(SECRET)}`],
    ['in an address as .NET writes it', encodeURIComponent(SECRET).toLowerCase()],
    ['in a form', new URLSearchParams({ note: PLANTED['note to the buyer'] }).toString()],
    ['in XML', `<City>${SECRET.replaceAll('&', '&amp;')}</City>`],
    ['in XML as ShipStation writes it', `<City>${SECRET.replaceAll('&', '&#x26;')}</City>`],
    ['in a Buffer', JSON.stringify({ body: Buffer.from(`<Name>${SECRET}</Name>`) })],
    ['in hexadecimal', Buffer.from(`<Name>${SECRET}</Name>`).toString('hex')],
    ...['', 'a', 'ab', 'shipstation:'].map((before): [string, string] => [
      `in base64 behind ${before.length} bytes`,
      Buffer.from(`${before}${SECRET}, and more`).toString('base64'),
    ]),
  ])('%s', (_, line) => {
    expect(findingsIn(line)).toHaveLength(1);
  });

  it('that the log of the bridge was handed', () => {
    const watch = createLogWatch();
    const log = createLogger('trace', { write: (line: string) => watch.look(line) });
    log.trace({ event: 'a', text: PLANTED.street }, 'one');
    log.info({ event: 'b', order: { shipTo: { city: PLANTED.town } } }, 'two');
    log.info({ event: 'c' }, PLANTED.recipient);
    log.info({ event: 'd', notice: { bytes: Buffer.from(PLANTED.recipient) } }, 'four');
    log.info({ event: 'e', err: new Error(PLANTED.recipient) }, 'five');
    log.info({ event: 'f', orderId: 7001 }, 'six');
    expect(watch.lines).toBe(6);
    expect(watch.findings).toHaveLength(5);
  });
});

it('finds the password of a database', () => {
  const environment = { CSCART_DATABASE_URL: 'mysql://shop:pa55-of-shop@127.0.0.1:3306/shop' };
  expect(findingsIn('{"cause":"pa55-of-shop"}', environment)).toHaveLength(1);
});

it('finds nothing in a line that has none of it, with or without a password at the database', () => {
  const line = '{"level":"info","event":"request.answered","status":200,"action":"shipnotify"}';
  expect(findingsIn(line, { CSCART_DATABASE_URL: 'mysql://root@127.0.0.1:3306/shop' })).toEqual([]);
});

it('says the kinds and the beginning of the line', () => {
  const [finding] = findingsIn(`${PLANTED.town}, ${PLANTED.street}${'.'.repeat(1000)}`);
  expect(finding).toMatch(/^street, town in Upper Marlwick, 77 Larkspur Alley\.+$/);
  expect(finding?.length).toBeLessThan(400);
});
