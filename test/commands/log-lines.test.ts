import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const MODULE = new URL('../../src/commands/logger.ts', import.meta.url).href;

/** The lines that a process of its own logs by `statements`, in which `log` is the logger: it writes to the real output. */
function logged(level: string, statements: string): readonly string[] {
  const program = `import { createLogger } from '${MODULE}'; const log = createLogger('${level}'); ${statements}`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', program],
    { encoding: 'utf8', cwd: fileURLToPath(new URL('../..', import.meta.url)) },
  );
  if (stderr.includes('Error')) throw new Error(stderr);
  return stdout.split('\n').filter(Boolean);
}

it('a line tells level, instant and event, and nothing secret, even when somebody hands it over', () => {
  const secret = 'planted-secret';
  const lines = logged(
    'info',
    `const secret = '${secret}';
     const request = { password: secret, authorization: secret };
     const error = Object.assign(new Error(secret), { code: 'ER_DUP_ENTRY', sql: secret, sqlMessage: secret });
     log.debug({ event: 'too.quiet' }, 'not written');
     log.info({ event: 'plain', password: secret, authorization: secret, headers: { cookie: secret } }, 'one');
     log.warn({ event: 'nested', request, query: { 'SS-Password': secret }, body: secret }, 'two');
     log.error({ event: 'failed', err: new Error('outside', { cause: error }) }, 'three');`,
  );
  expect(lines.join('\n')).not.toContain(secret);
  const objects = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(objects).toMatchObject([
    { level: 'info', event: 'plain', msg: 'one' },
    { level: 'warn', event: 'nested', msg: 'two' },
    {
      level: 'error',
      event: 'failed',
      msg: 'three',
      err: { message: 'outside', cause: { code: 'ER_DUP_ENTRY' } },
    },
  ]);
  for (const { time } of objects) expect(time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
});
