import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runProgram } from '../support/program.ts';

const SETTINGS = {
  SHIPSTATION_USERNAME: 'shipstation',
  SHIPSTATION_PASSWORD: 'planted-secret-word',
  // Nobody listens there: to say what to type takes no database.
  CSCART_DATABASE_URL: 'mysql://bridge:planted-database-word@127.0.0.1:9/cscart',
};

/** What the program prints and ends with, in a folder without an env file. */
async function connect(args: readonly string[], environment: Readonly<Record<string, string>> = SETTINGS) {
  const folder = mkdtempSync(join(tmpdir(), 'connect-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const program = runProgram(['connect', ...args], environment, folder);
  const exitCode = await program.exitCode;
  const output = program.output();
  expect(output).not.toMatch(/planted|^\s+at /m);
  return { exitCode, output };
}

describe('connect', () => {
  test('says what to type into the form of a Custom Store', async () => {
    const { exitCode, output } = await connect([], {
      ...SETTINGS,
      PUBLIC_URL: 'https://shop.example.com/shipstation',
    });
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
    const { exitCode, output } = await connect([], {});
    expect(exitCode).toBe(1);
    expect(output).toContain('SHIPSTATION_USERNAME: is required');
  });

  test('refuses arguments that it does not know', async () => {
    expect((await connect(['--verfy'])).exitCode).toBe(2);
    expect((await connect(['now'])).exitCode).toBe(2);
  });
});
