import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

// What systemd makes of the unit, and whether Node runs inside of it, is what `scripts/try-systemd.sh` plays with systemd.

const unit = readFileSync('deploy/systemd/cscart-shipstation.service', 'utf8');
const accounts = readFileSync('deploy/systemd/cscart-shipstation.sysusers', 'utf8');
const valuesOf = (name: string) =>
  [...unit.matchAll(new RegExp(`^${name}=(.*)$`, 'gm'))].map(([, value]) => value);

it('runs the program as it is installed, with its settings, as the account that is made for it', () => {
  expect(valuesOf('ExecStart')).toEqual([
    '/usr/bin/node /opt/cscart-shipstation/dist/main.js --env-file /etc/cscart-shipstation/settings.env serve',
  ]);
  const [, account] = /^u (\S+) /m.exec(accounts) ?? [];
  expect(valuesOf('User')).toEqual([account]);
  expect(valuesOf('Group')).toEqual([account]);
});

it('says to reload by SIGHUP, and waits for what is in flight before it kills', () => {
  expect(valuesOf('ExecReload')).toEqual(['/bin/kill -HUP $MAINPID']);
  expect(Number(valuesOf('TimeoutStopSec')[0])).toBeGreaterThan(9.5);
});

it('leaves Node what it needs: memory that it may both write and run, and the addresses of the machine', () => {
  expect(valuesOf('MemoryDenyWriteExecute')).toEqual([]);
  expect(valuesOf('RestrictAddressFamilies')[0]?.split(' ')).toContain('AF_NETLINK');
});
