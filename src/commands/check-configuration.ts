import type { Finding } from '../bridge/check-store/finding.ts';
import type { Config } from '../config/config.ts';
import { InvalidConfig, readConfig } from '../config/read-config.ts';
import type { LoadedSettings } from './settings.ts';

/** What there is to say of the settings by themselves, and the configuration where they can be used. Pure. */
export function checkConfiguration({ environment, unknown }: LoadedSettings): {
  readonly findings: readonly Finding[];
  readonly config: Config | undefined;
} {
  const misspelt = unknown.map(
    (name): Finding => ({
      check: 'configuration',
      level: 'warning',
      message: `${name} is no setting of the bridge`,
      advice: 'is it misspelt? .env.example has them all',
    }),
  );
  try {
    const config = readConfig(environment);
    const findings = [...misspelt, ...weakPasswords(config)];
    return {
      config,
      findings:
        findings.length > 0
          ? findings
          : [{ check: 'configuration', level: 'ok', message: 'every setting can be used' }],
    };
  } catch (error) {
    if (!(error instanceof InvalidConfig)) throw error;
    return {
      config: undefined,
      findings: [
        ...misspelt,
        ...error.problems.map(
          (problem): Finding => ({
            check: 'configuration',
            level: 'problem',
            message: problem,
            advice: 'each setting is explained in .env.example',
          }),
        ),
      ],
    };
  }
}

// The endpoint is open to the internet, and what guards the customers' addresses is this password alone.
const SHORTEST_PASSWORD = 12;

function weakPasswords({ credentials }: Config): readonly Finding[] {
  if (credentials.passwords.every((password) => password.length >= SHORTEST_PASSWORD)) return [];
  return [
    {
      check: 'configuration',
      level: 'warning',
      message: `SHIPSTATION_PASSWORD is shorter than ${SHORTEST_PASSWORD} characters`,
      advice: 'take a long random one: it alone guards the addresses of your customers',
    },
  ];
}
