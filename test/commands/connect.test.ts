import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { addConnect } from '../../src/commands/connect.ts';
import { CommandFailed } from '../../src/commands/failure.ts';
import { InvalidConfig, readConfig } from '../../src/config/read-config.ts';
import { startEndpoint } from '../server/endpoint.ts';
import { createAuthority } from '../support/certificates.ts';
import { runProgram } from '../support/program.ts';
import { passTo, plainAddress, tlsAddress } from './connection/servers.ts';

const SETTINGS = {
  SHIPSTATION_USERNAME: 'shipstation',
  SHIPSTATION_PASSWORD: 'planted-secret-word',
  // Nobody listens there: this command takes no database.
  CSCART_DATABASE_URL: 'mysql://bridge:planted-database-word@127.0.0.1:9/cscart',
};
const credentials = { username: 'shipstation', passwords: ['planted-secret-word'] };

type Environment = Readonly<Record<string, string>>;

/** What the command prints; whether it found a problem stands in `exitCode`. Throws what the command throws. */
async function connect(args: readonly string[], environment: Environment = SETTINGS) {
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} });
  addConnect(program, () => readConfig(environment));
  for (const command of program.commands) command.exitOverride();
  let output = '';
  const written = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    output += String(text);
    return true;
  });
  const before = process.exitCode;
  try {
    process.exitCode = 0;
    await program.parseAsync(['connect', ...args], { from: 'user' });
    expect(output).not.toContain('planted');
    return { output, exitCode: process.exitCode };
  } finally {
    written.mockRestore();
    process.exitCode = before;
  }
}

/** The same as a process of its own, in a folder without an env file. */
async function runConnect(args: readonly string[], environment: Environment = SETTINGS) {
  const folder = mkdtempSync(join(tmpdir(), 'connect-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const program = runProgram(['connect', ...args], environment, folder);
  const exitCode = await program.exitCode;
  expect(program.output()).not.toMatch(/planted|^\s+at /m);
  return { exitCode, output: program.output() };
}

describe('connect', () => {
  test('says what to type into the form of a Custom Store', async () => {
    const PUBLIC_URL = 'https://shop.example.com/shipstation';
    const { exitCode, output } = await connect([], { ...SETTINGS, PUBLIC_URL });
    expect(exitCode).toBe(0);
    expect(output).toMatch(/URL to custom XML page +https:\/\/shop\.example\.com\/shipstation\n/);
    expect(output).toMatch(/Username +shipstation\n/);
    expect(output).toMatch(/On-Hold Status +on_hold\n/);
    expect(output).not.toContain('!');
  });

  test('says what the CS-Cart tile gets, and what is missing', async () => {
    const { exitCode, output } = await connect([], { ...SETTINGS, STATUS_WORDS: 'cs-cart' });
    expect(exitCode).toBe(0);
    expect(output).toMatch(/Awaiting Shipment +processed\n/);
    expect(output).toMatch(/On Hold +pending\n/);
    expect(output).toContain('! PUBLIC_URL is not set');
  });

  test('cuts nothing, however long it is', async () => {
    const PUBLIC_URL = `https://shop.example.com/shipstation?store=${'x'.repeat(200)}`;
    expect((await connect([], { ...SETTINGS, PUBLIC_URL })).output).toContain(`   ${PUBLIC_URL}\n`);
  });

  test('prints the same for machines', async () => {
    const { output } = await connect(['--json']);
    expect(JSON.parse(output)).toMatchObject({
      vocabulary: 'custom-store',
      fields: expect.arrayContaining([{ field: 'Paid Status', value: 'paid' }]),
      hints: [expect.stringContaining('PUBLIC_URL')],
    });
  });

  test('needs settings that can be used', async () => {
    await expect(connect([], {})).rejects.toBeInstanceOf(InvalidConfig);
  });

  test.each([['--verfy'], ['now']])('does not know %s', async (argument) => {
    await expect(connect([argument])).rejects.toMatchObject({ name: 'CommanderError' });
  });
});

describe('connect --verify', () => {
  test('finds no problem where ShipStation will have none', async () => {
    const url = await plainAddress(passTo((await startEndpoint({}, { credentials })).port));
    const { exitCode, output } = await connect(['--verify', url]);
    expect(exitCode).toBe(0);
    expect(output).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/shipstation, called as ShipStation would:\n\n/);
    for (const check of ['test connection', 'orders', 'no password', 'wrong password', 'notices'])
      expect(output).toMatch(new RegExp(`^ok +${check} +\\S`, 'm'));
    expect(output).toMatch(/\nNo problem, 2 warnings\n$/);
  });

  test('calls PUBLIC_URL where no address is given', async () => {
    const PUBLIC_URL = await plainAddress((_request, response) => response.writeHead(502).end());
    const { exitCode, output } = await connect(['--verify'], { ...SETTINGS, PUBLIC_URL });
    expect(exitCode).toBe(1);
    expect(output).toMatch(
      /^problem +test connection +502, nothing: the web server does not reach the bridge\n +→ \S/m,
    );
  });

  test('prints the findings for machines', async () => {
    const url = await tlsAddress(() => {});
    const { exitCode, output } = await connect(['--verify', url, '--json']);
    expect(exitCode).toBe(1);
    expect(JSON.parse(output)).toMatchObject({
      problems: 1,
      findings: expect.arrayContaining([expect.objectContaining({ check: 'TLS', level: 'problem' })]),
    });
  });

  test('does not wait longer than it is told', async () => {
    const url = await plainAddress(() => {});
    const { exitCode, output } = await connect(['--verify', url, '--timeout', '1']);
    expect(exitCode).toBe(1);
    expect(output).toMatch(/no answer within \d+ seconds?/);
  });

  test.each<[string, readonly string[], RegExp]>([
    ['no address', ['--verify'], /there is no address to call: set PUBLIC_URL/],
    ['what is no address', ['--verify', 'shop.example.com'], /must be a URL like https:/],
    ['an address of another kind', ['--verify', 'ftp://shop.example.com'], /must be a URL like https:/],
    ['an address with a password', ['--verify', 'https://a:b@shop.example.com'], /without user name/],
  ])('is refused with %s', async (_, args, sentence) => {
    const failure = await connect(args).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CommandFailed);
    expect(failure).toMatchObject({ exitCode: 2, message: expect.stringMatching(sentence) });
  });

  test.each(['0', '301', '1.5', 'long', ''])('is refused with %j seconds', async (seconds) => {
    const failing = connect(['--verify', 'https://shop.example.com', '--timeout', seconds]);
    await expect(failing).rejects.toThrow(/from 1 to 300/);
  });
});

// A process takes many times longer to start where much else runs.
describe('the program', { timeout: 120_000 }, () => {
  test('ends with 0 without a problem; it knows the certificates that Node is told to know', async () => {
    const authority = createAuthority('Somebody');
    const { port } = await startEndpoint({}, { credentials });
    const url = await tlsAddress(passTo(port), authority.issue());
    const folder = mkdtempSync(join(tmpdir(), 'authority-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'authority.pem');
    writeFileSync(file, authority.certificate);
    const told = await runConnect(['--verify', url], { ...SETTINGS, NODE_EXTRA_CA_CERTS: file });
    expect(told.output).toMatch(/^ok +notices/m);
    expect(told.exitCode).toBe(0);
  });

  test('ends with 1 with one; it knows no other certificates', async () => {
    const url = await tlsAddress(passTo(1), createAuthority('Somebody').issue());
    const { exitCode, output } = await runConnect(['--verify', url]);
    expect(output).toMatch(/^problem +TLS +the certificate, by Somebody, comes without/m);
    expect(exitCode).toBe(1);
  });

  test('ends with 2 where it cannot look', async () => {
    const { exitCode, output } = await runConnect(['--verify']);
    expect(output).toMatch(/^cscart-shipstation: there is no address to call/);
    expect(exitCode).toBe(2);
  });
});
