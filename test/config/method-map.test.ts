import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type MethodRule, parseMethodMap } from '../../src/config/method-map.ts';

const rule = (method: string, name: string | undefined, isRush = false): MethodRule => ({
  method,
  name,
  isRush,
});

const LINES = ['# Ours', 'UPS Ground = Ground', '', '  FedEx* =  FedEx (rush) ', '7 = (rush)', ' # = never'];
const RULES = [rule('UPS Ground', 'Ground'), rule('FedEx*', 'FedEx', true), rule('7', undefined, true)];

describe('the table of methods', () => {
  test.each<[string, string, readonly MethodRule[]]>([
    ['is empty', '', []],
    ['is empty but for blanks', ' \n \r\n', []],
    ['is empty but for a comment', '# UPS = Ground', []],
    ['has a line each', LINES.join('\n'), RULES],
    ['has lines as Windows ends them', LINES.join('\r\n'), RULES],
    ['ends with an empty line', `${LINES.join('\n')}\n`, RULES],
    ['is one line, separated by semicolons', 'UPS Ground = Ground; FedEx* = FedEx (rush) ;7=(rush);', RULES],
    [
      'has a semicolon in a name where lines part it',
      'A; B = C; D\n7 = E',
      [rule('A; B', 'C; D'), rule('7', 'E')],
    ],
    [
      'keeps the sequence of its rules',
      'B = 1\nA = 2\nB = 3',
      [rule('B', '1'), rule('A', '2'), rule('B', '3')],
    ],
  ])('%s', (_, text, rules) => {
    expect(parseMethodMap(text)).toEqual(rules);
  });

  test.each<[string, MethodRule]>([
    ['UPS Ground = Ground', rule('UPS Ground', 'Ground')],
    ['UPS Ground=Ground', rule('UPS Ground', 'Ground')],
    ['UPS Ground= Ground', rule('UPS Ground', 'Ground')],
    ['7 = Ground', rule('7', 'Ground')],
    ['* = Ground', rule('*', 'Ground')],
    ['A # B = C # D', rule('A # B', 'C # D')],
    // The first = between blanks parts them, else the first one.
    ['A=B = C', rule('A=B', 'C')],
    ['A = B = C', rule('A', 'B = C')],
    ['A = B=C', rule('A', 'B=C')],
    ['A=B=C', rule('A', 'B=C')],
    ['Express = Fast (rush)', rule('Express', 'Fast', true)],
    ['Express = Fast(RUSH)', rule('Express', 'Fast', true)],
    ['Express = Fast ( rush )', rule('Express', 'Fast', true)],
    ['Express = (rush)', rule('Express', undefined, true)],
    ['Express=(Rush)', rule('Express', undefined, true)],
    // Only behind the name does it mark the order.
    ['Express (rush) = Fast', rule('Express (rush)', 'Fast')],
    ['Express = (rush) Fast', rule('Express', '(rush) Fast')],
    ['Express = Fast (rushed)', rule('Express', 'Fast (rushed)')],
    ['Express = Rush', rule('Express', 'Rush')],
  ])('reads %j', (line, expected) => {
    expect(parseMethodMap(line)).toEqual([expected]);
    expect(parseMethodMap(`# File\n${line}\n`)).toEqual([expected]);
  });

  test.each<[string, string]>([
    ['UPS Ground', 'line 1 is not like "store\'s method = name in ShipStation"'],
    ['= Ground', 'line 1 is not like "store\'s method = name in ShipStation"'],
    ['=', 'line 1 is not like "store\'s method = name in ShipStation"'],
    ['UPS =', 'line 1 says nothing of "UPS": write a name, or (rush), behind the ='],
    // Counted as an editor counts them: with comments and empty lines.
    ['# Ours\n\nUPS = Ground\nFedEx', 'line 4 is not like'],
    ['# Ours\r\n\r\nUPS = Ground\r\nFedEx =\r\n', 'line 4 says nothing of "FedEx"'],
    ['UPS = Ground; FedEx; 7 =', 'line 2 is not like'],
    ['UPS = Ground;; 7 =', 'line 3 says nothing of "7"'],
  ])('is refused for %j', (text, problem) => {
    expect(parseMethodMap(text)).toEqual({ problem: expect.stringContaining(problem) });
  });

  test('reads back whatever rules are written into a file', () => {
    const name = fc.stringMatching(/^[A-Za-z0-9*][A-Za-z0-9 *;()-]{0,15}[A-Za-z0-9*]$/);
    const rules = fc.array(
      fc
        .record({ method: name, name: fc.option(name, { nil: undefined }), isRush: fc.boolean() })
        .filter((one) => one.name !== undefined || one.isRush),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(rules, fc.constantFrom('\n', '\r\n'), (expected, end) => {
        const lines = expected.map(
          (one) => `${one.method} = ${one.name ?? ''}${one.isRush ? ' (rush)' : ''}`,
        );
        expect(parseMethodMap(`# Ours${end}${lines.join(end)}`)).toEqual(expected);
      }),
    );
  });
});
