import 'reflect-metadata';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { EnvDto } from '../../src/kernel/config/env.dto';
import { envExample } from '../../tools/env-example';
import { faultsOf, type Manifest } from './strict-manifest';

const folder = join(__dirname, '..', '..', 'deploy', 'kubernetes');
const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
const files = readdirSync(folder).filter((file) => file !== 'kustomization.yaml');
const manifests = files.flatMap((file) =>
  parseAllDocuments(read(file)).map((document) => document.toJS() as Workload),
);

interface Container {
  command: string[];
  ports?: { name: string; containerPort: number }[];
  securityContext: { readOnlyRootFilesystem: boolean; allowPrivilegeEscalation: boolean };
  resources: { limits: { memory: string } };
  livenessProbe?: { httpGet: { path: string } };
  readinessProbe?: { httpGet: { path: string } };
  startupProbe?: { httpGet: { path: string } };
}

interface Workload extends Manifest {
  metadata: { name: string };
  data?: Record<string, string>;
  spec: {
    scaleTargetRef?: { name: string };
    selector?: { matchLabels: Record<string, string> };
    template?: {
      metadata: { labels: Record<string, string> };
      spec: {
        terminationGracePeriodSeconds: number;
        securityContext: { runAsNonRoot: boolean };
        containers: Container[];
      };
    };
  };
}

const ofKind = (kind: string): Workload[] => manifests.filter((manifest) => manifest.kind === kind);
const configuration = ofKind('ConfigMap')[0]?.data ?? {};

describe('the Kubernetes manifests', () => {
  it('fit the schemas of the Kubernetes API, to the last field', () => {
    expect(manifests.length).toBeGreaterThan(10);
    expect(manifests.flatMap(faultsOf)).toEqual([]);
  });

  it('would be refused with a wrong type, a missing field or a misspelled one', () => {
    const [deployment] = ofKind('Deployment');
    const spoilt = (change: (copy: Workload) => void): string[] => {
      if (!deployment) throw new Error('There is no deployment');
      const copy = structuredClone(deployment);
      change(copy);
      return faultsOf(copy);
    };
    expect(spoilt((copy) => Object.assign(copy.spec, { replicas: 'two' }))).not.toEqual([]);
    expect(spoilt((copy) => delete copy.spec.selector)).not.toEqual([]);
    expect(
      spoilt((copy) => Object.assign(copy.spec.template?.spec.containers[0] ?? {}, { livenesProbe: {} })),
    ).toEqual(['apps/v1 Deployment.spec.template.spec.containers.0.livenesProbe: unknown field']);
    expect(faultsOf({ apiVersion: 'apps/v9', kind: 'Deployment' })).not.toEqual([]);
  });

  it('are all applied', () => {
    const { resources } = parse(read('kustomization.yaml')) as { resources: string[] };
    expect([...resources].sort()).toEqual([...files].sort());
  });

  it('set only variables that the application reads', () => {
    const known = new Set([...envExample().matchAll(/^(?:# )?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name));
    expect(Object.keys(configuration).filter((name) => !known.has(name))).toEqual([]);
    expect(known.has('PUBLIC_URL')).toBe(true);
  });

  it('run every container without root, without privileges, on a file system it cannot write', () => {
    for (const { spec } of [...ofKind('Deployment'), ...ofKind('Job')]) {
      expect(spec.template?.spec.securityContext.runAsNonRoot).toBe(true);
      for (const container of spec.template?.spec.containers ?? []) {
        expect(container.securityContext).toMatchObject({
          readOnlyRootFilesystem: true,
          allowPrivilegeEscalation: false,
        });
        expect(container.resources.limits.memory).toMatch(/Mi$/);
      }
    }
  });

  it('ask each process how it is, and give it the time it needs to stop', () => {
    const stopping = Number(configuration.SHUTDOWN_NOTICE_MS) + Number(configuration.SHUTDOWN_DEADLINE_MS);
    for (const { spec } of ofKind('Deployment')) {
      const [container] = spec.template?.spec.containers ?? [];
      expect(container?.livenessProbe?.httpGet.path).toBe('/health/live');
      expect(container?.readinessProbe?.httpGet.path).toBe('/health/ready');
      expect(container?.startupProbe?.httpGet.path).toBe('/health/startup');
      expect((spec.template?.spec.terminationGracePeriodSeconds ?? 0) * 1_000).toBeGreaterThan(stopping);
    }
    const ports = ofKind('Deployment').map(
      ({ spec }) => spec.template?.spec.containers[0]?.ports?.[0]?.containerPort,
    );
    const env = new EnvDto();
    expect(ports).toEqual([env.PORT, env.WORKER_PORT]);
  });

  it('scale and protect each deployment by the labels its pods have', () => {
    for (const deployment of ofKind('Deployment')) {
      const { name } = deployment.metadata;
      expect(deployment.spec.selector?.matchLabels).toEqual(deployment.spec.template?.metadata.labels);
      expect(ofKind('HorizontalPodAutoscaler').map(({ spec }) => spec.scaleTargetRef?.name)).toContain(name);
      const budget = ofKind('PodDisruptionBudget').find((found) => found.metadata.name === name);
      expect(budget?.spec.selector).toEqual(deployment.spec.selector);
    }
  });
});
