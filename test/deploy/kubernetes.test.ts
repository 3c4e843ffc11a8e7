import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { readConfig, VARIABLE_NAMES } from '../../src/config/read-config.ts';

interface Named {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}
type Labels = Readonly<Record<string, string>>;
interface Secret extends Named {
  readonly stringData: Readonly<Record<string, string>>;
}
interface ConfigMap extends Named {
  readonly data: Readonly<Record<string, string>>;
}
interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
}
interface Container {
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly envFrom: readonly { readonly configMapRef: { readonly name: string } }[];
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly startupProbe: Probe;
  readonly livenessProbe: Probe;
  readonly readinessProbe: Probe;
  readonly securityContext: Readonly<Record<string, unknown>>;
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
}
interface Deployment extends Named {
  readonly spec: {
    readonly replicas: number;
    readonly selector: { readonly matchLabels: Labels };
    readonly template: {
      readonly metadata: { readonly labels: Labels; readonly annotations: Labels };
      readonly spec: {
        readonly enableServiceLinks: boolean;
        readonly containers: readonly [Container];
        readonly volumes: readonly {
          readonly name: string;
          readonly secret: { readonly secretName: string };
        }[];
        readonly topologySpreadConstraints: readonly [
          { readonly labelSelector: { readonly matchLabels: Labels } },
        ];
        readonly securityContext: Readonly<Record<string, unknown>>;
      };
    };
  };
}
interface Service extends Named {
  readonly spec: { readonly selector: Labels; readonly ports: readonly [{ readonly targetPort: string }] };
}
interface DisruptionBudget extends Named {
  readonly spec: { readonly minAvailable: number; readonly selector: { readonly matchLabels: Labels } };
}

const documents = parseAllDocuments(readFileSync('deploy/kubernetes/cscart-shipstation.yaml', 'utf8'), {
  // Kubernetes reads YAML 1.1, in which 0440 is an octal number.
  version: '1.1',
});

/** The document of this kind. The caller says what it looks like; the tests say whether that is so. */
function find<Kind extends Named>(kind: string): Kind {
  const found = documents.map((document) => document.toJS() as Kind).filter((one) => one.kind === kind);
  expect(found).toHaveLength(1);
  return found[0] as Kind;
}

const secret = find<Secret>('Secret');
const configMap = find<ConfigMap>('ConfigMap');
const deployment = find<Deployment>('Deployment');
const pod = deployment.spec.template.spec;
const [container] = pod.containers;

it('has no error in its YAML, and nothing but what is tested here', () => {
  expect(documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([]);
  expect(documents).toHaveLength(5);
});

describe('the settings', () => {
  const known = new Set(VARIABLE_NAMES.flatMap((name) => [name, `${name}_FILE`]));
  const files = container.env.filter(({ name }) => name.endsWith('_FILE'));
  const [mount] = container.volumeMounts;
  const keyOf = (path: string) => path.slice((mount?.mountPath.length ?? 0) + 1);

  it('are settings of the bridge, each given once', () => {
    const names = [...Object.keys(configMap.data), ...container.env.map(({ name }) => name)];
    expect(names.filter((name) => !known.has(name))).toEqual([]);
    expect(new Set(names.map((name) => name.replace(/_FILE$/, ''))).size).toBe(names.length);
  });

  it('come from the map and the secret of this file', () => {
    expect(container.envFrom).toEqual([{ configMapRef: { name: configMap.metadata.name } }]);
    expect(pod.volumes.map(({ name }) => name)).toEqual([mount?.name]);
    expect(pod.volumes[0]?.secret.secretName).toBe(secret.metadata.name);
  });

  it('read every key of the secret, and no other file', () => {
    expect(files.every(({ value }) => value.startsWith(`${mount?.mountPath}/`))).toBe(true);
    expect(new Set(files.map(({ value }) => keyOf(value)))).toEqual(new Set(Object.keys(secret.stringData)));
  });

  it('are a configuration that the bridge starts with, on the ports that are declared', () => {
    const config = readConfig({
      ...configMap.data,
      ...Object.fromEntries(
        container.env.map(({ name, value }) =>
          name.endsWith('_FILE')
            ? [name.slice(0, -'_FILE'.length), secret.stringData[keyOf(value)]]
            : [name, value],
        ),
      ),
    });
    const ports = Object.fromEntries(container.ports.map(({ name, containerPort }) => [name, containerPort]));
    expect(ports).toEqual({ endpoint: config.endpoint.port, ops: config.ops.port });
    // A probe comes from outside of the container.
    expect([config.endpoint.host, config.ops.host]).toEqual(['0.0.0.0', '0.0.0.0']);
    expect(config.credentials.passwords).toHaveLength(1);
  });

  it('are not mixed with what the cluster would set by itself', () => {
    expect(pod.enableServiceLinks).toBe(false);
  });
});

it('a bridge without its database is not restarted, and not asked', () => {
  expect(container.startupProbe.httpGet).toEqual({ path: '/livez', port: 'ops' });
  expect(container.livenessProbe.httpGet).toEqual({ path: '/livez', port: 'ops' });
  expect(container.readinessProbe.httpGet).toEqual({ path: '/readyz', port: 'ops' });
});

it("leads the cluster's requests to the endpoint, never to the operator's port", () => {
  expect(find<Service>('Service').spec.ports.map(({ targetPort }) => targetPort)).toEqual(['endpoint']);
  const ops = container.ports.find(({ name }) => name === 'ops')?.containerPort;
  expect(deployment.spec.template.metadata.annotations['prometheus.io/port']).toBe(String(ops));
});

it('everything means the pods of this deployment', () => {
  const { labels } = deployment.spec.template.metadata;
  const budget = find<DisruptionBudget>('PodDisruptionBudget').spec;
  const selectors = [
    deployment.spec.selector.matchLabels,
    pod.topologySpreadConstraints[0].labelSelector.matchLabels,
    find<Service>('Service').spec.selector,
    budget.selector.matchLabels,
  ];
  for (const selector of selectors) expect(labels).toMatchObject(selector);
  // Of two bridges, one may be taken away at a time: a node can be emptied, and ShipStation is still answered.
  expect(deployment.spec.replicas - budget.minAvailable).toBe(1);
});

it('runs as the account of the image, without rights, on a read-only root', () => {
  const [, user] =
    /^USER (\d+):\d+$/m.exec(readFileSync('deploy/Dockerfile', 'utf8').split('AS bridge')[1] ?? '') ?? [];
  expect(pod.securityContext).toMatchObject({
    runAsNonRoot: true,
    runAsUser: Number(user),
    seccompProfile: { type: 'RuntimeDefault' },
  });
  expect(container.securityContext).toEqual({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  });
});
