import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readConfig, VARIABLE_NAMES } from '../../src/config/read-config.ts';

interface Service {
  readonly profiles?: readonly string[];
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly secrets?: readonly string[];
  readonly depends_on?: readonly string[] | Readonly<Record<string, unknown>>;
  readonly ports?: readonly string[];
  readonly read_only?: boolean;
}

const compose = parse(readFileSync('deploy/docker-compose.yml', 'utf8'), { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
};
const services = Object.entries(compose.services);
const bridges = services.filter(([name]) => name.startsWith('bridge'));
const contentOf = (secret: string | undefined) =>
  readFileSync(`deploy/${compose.secrets[secret ?? '']?.file}`, 'utf8').trim();

describe.each(bridges)('the service %s', (_name, { environment = {} }) => {
  it('sets nothing but settings of the bridge', () => {
    const known = new Set(VARIABLE_NAMES.flatMap((name) => [name, `${name}_FILE`]));
    expect(Object.keys(environment).filter((name) => !known.has(name))).toEqual([]);
  });

  it('has its secrets in files only, each of them one that it is given', () => {
    const files = Object.entries(environment).filter(([name]) => name.endsWith('_FILE'));
    expect(files.map(([name]) => name)).toEqual(
      expect.arrayContaining(['SHIPSTATION_PASSWORD_FILE', 'CSCART_DATABASE_URL_FILE']),
    );
    expect(Object.keys(environment)).not.toContain('SHIPSTATION_PASSWORD');
    expect(Object.keys(environment)).not.toContain('CSCART_DATABASE_URL');
  });
});

it.each(services)(
  'every file that %s reads is a secret that it is given, and no other is',
  (_name, service) => {
    const read = Object.entries(service.environment ?? {})
      .filter(([name]) => name.endsWith('_FILE'))
      .map(([, path]) => path ?? '');
    expect(read.toSorted()).toEqual(
      (service.secrets ?? []).map((secret) => `/run/secrets/${secret}`).toSorted(),
    );
  },
);

it('every secret is declared, and every declared one is used', () => {
  const used = new Set(services.flatMap(([, { secrets = [] }]) => secrets));
  expect([...used].toSorted()).toEqual(Object.keys(compose.secrets).toSorted());
});

it('takes every setting from .env that it does not set itself (a new setting stands in docker-compose.yml, too)', () => {
  const given = Object.keys(compose.services['bridge']?.environment ?? {}).map((name) =>
    name.replace(/_FILE$/, ''),
  );
  // The port of the operator is asked by the image's health check, inside of the container.
  expect(given.toSorted()).toEqual(VARIABLE_NAMES.filter((name) => name !== 'OPS_PORT').toSorted());
});

it('trusts the addresses of proxies as the configuration wants them', () => {
  const trust = compose.services['bridge']?.environment?.['TRUST_PROXY'] ?? '';
  const [, networks = ''] = /^\$\{TRUST_PROXY:-(.+)\}$/.exec(trust) ?? [];
  const config = readConfig({
    SHIPSTATION_USERNAME: 'x',
    SHIPSTATION_PASSWORD: 'x',
    CSCART_DATABASE_URL: 'mysql://x:x@x/x',
    TRUST_PROXY: networks,
  });
  expect(config.trustProxy).toEqual(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16']);
});

it('without a profile there is the bridge alone, and it needs nothing else', () => {
  expect(services.filter(([, { profiles }]) => profiles === undefined).map(([name]) => name)).toEqual([
    'bridge',
  ]);
  expect(compose.services['bridge']?.depends_on).toBeUndefined();
});

it('answers on loopback only: the proxy in front adds HTTPS', () => {
  const ports = services.flatMap(([, service]) => service.ports ?? []);
  expect(ports).toEqual(['127.0.0.1:8080:8080', '127.0.0.1:8090:8080']);
  expect(bridges.map(([, { read_only }]) => read_only)).toEqual([true, true]);
});

it("the demo's secrets fit together", () => {
  const mariadb = compose.services['mariadb'];
  const url = new URL(contentOf('demo_database_url'));
  expect(url.hostname).toBe('mariadb');
  expect(url.pathname).toBe(`/${mariadb?.environment?.['MARIADB_DATABASE']}`);
  expect(url.username).toBe(mariadb?.environment?.['MARIADB_USER']);
  expect(url.password).toBe(contentOf('demo_database_password'));
  expect(contentOf('demo_shipstation_password')).not.toBe('');
});
