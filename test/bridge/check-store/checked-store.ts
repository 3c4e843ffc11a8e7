import { checkStore } from '../../../src/bridge/check-store/check-store.ts';
import type { Check, Finding } from '../../../src/bridge/check-store/finding.ts';
import { readConfig } from '../../../src/config/read-config.ts';
import type { Store } from '../../support/store/store.ts';

/** Everything that `check` finds of a store under a configuration of which these variables are given besides. */
export async function findingsOf(
  store: Pick<Store, 'url' | 'prefix'>,
  environment: Readonly<Record<string, string>> = {},
): Promise<readonly Finding[]> {
  const config = readConfig({
    SHIPSTATION_USERNAME: 'shipstation',
    SHIPSTATION_PASSWORD: 'planted-secret-word',
    CSCART_DATABASE_URL: store.url,
    CSCART_TABLE_PREFIX: store.prefix,
    ...environment,
  });
  const findings: Finding[] = [];
  for await (const finding of checkStore(config)) findings.push(finding);
  return findings;
}

export function of(findings: readonly Finding[], check: Check): readonly Finding[] {
  return findings.filter((finding) => finding.check === check);
}

/** The levels by check, for findings of which nothing more is asked. */
export function problemsOf(findings: readonly Finding[]): readonly string[] {
  return findings.filter(({ level }) => level === 'problem').map(({ check }) => check);
}
