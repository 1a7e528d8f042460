import { join } from 'node:path';
import { PlantedTree, root, runTool } from './planted-tree';

interface Report {
  summary: { violations: { from: string; to: string; rule: { name: string } }[]; totalCruised: number };
}
interface Law {
  forbidden: { name: string }[];
}

const config = join(root, '.dependency-cruiser.cjs');

function cruise(cwd: string, ...folders: string[]): Promise<Report> {
  const args = ['--config', config, '--output-type', 'json', ...folders];
  return runTool('dependency-cruiser/bin/dependency-cruise.mjs', args, cwd);
}

const from = (target: string): string => `import * as it from '${target}';\nexport const used = it;\n`;
const typeFrom = (target: string): string =>
  `import type * as it from '${target}';\nexport type Used = keyof typeof it;\n`;

const features = ['auth', 'gmail', 'email', 'billing', 'jobs', 'dashboard', 'admin', 'health'];

/** What the planted files reach for. */
const ground = {
  ...Object.fromEntries(
    features.map((name) => [`src/${name}/contracts/index.ts`, 'export class Contract {}']),
  ),
  ...Object.fromEntries(features.map((name) => [`src/${name}/${name}.module.ts`, 'export class Module {}'])),
  'src/auth/auth.repository.ts': 'export class AuthRepository {}',
  'src/kernel/config/env.dto.ts': 'export class EnvDto {}',
  'src/kernel/cqrs/domain-event.ts': 'export class DomainEvent {}',
  'src/kernel/database/generated/client.ts': 'export class PrismaClient {}',
  'src/kernel/database/prisma-connection.ts': 'export class PrismaConnection {}',
  'src/cli/terminal.ts': 'export class Terminal {}',
  'src/jobs/a/other.ts': from('./one'),
  'sandbox/postgres/postgres.ts': 'export const start = 1;',
  'test/support/database.ts': 'export const database = 1;',
  'sdk/src/index.ts': 'export class Inbrief {}',
  'sdk/src/http.ts': 'export class Http {}',
};

/** One offence per file, and the rule that must refuse it: a rule that is taken out or written wrong fails here. */
const offences: [file: string, source: string, rule: string][] = [
  ['src/jobs/a/one.ts', from('./other'), 'no-circle'],
  ['src/kernel/http/feature.ts', from('../../auth/contracts'), 'kernel-knows-no-feature'],
  ['src/kernel/http/app.ts', from('../../app.module'), 'kernel-knows-no-feature'],
  ['src/jobs/a/cross-module.handler.ts', from('../../auth/auth.repository'), 'contracts-only'],
  ['src/jobs/a/type-across.handler.ts', typeFrom('../../auth/auth.repository'), 'contracts-only'],
  ['src/auth/a/downstream.ts', from('../../gmail/contracts'), 'line-auth'],
  ['src/auth/contracts/events.ts', typeFrom('../../jobs/contracts'), 'line-auth'],
  ['src/gmail/a/downstream.ts', from('../../email/contracts'), 'line-gmail'],
  ['src/email/a/downstream.ts', from('../../billing/contracts'), 'line-email'],
  ['src/billing/a/downstream.ts', from('../../jobs/contracts'), 'line-billing'],
  ['src/jobs/a/downstream.ts', from('../../dashboard/contracts'), 'line-jobs'],
  ['src/webhooks/a/sideways.ts', from('../../admin/contracts'), 'line-webhooks'],
  ['src/dashboard/a/sideways.ts', from('../../admin/contracts'), 'line-dashboard'],
  ['src/admin/a/sideways.ts', from('../../dashboard/contracts'), 'line-admin'],
  ['src/health/a/sideways.ts', from('../../admin/contracts'), 'line-health'],
  ['src/gmail/contracts/heavy.ts', from('../../kernel/config/env.dto'), 'contracts-carry-values'],
  ['src/cli/commands/inside.ts', from('../../auth/auth.repository'), 'cli-through-the-front-door'],
  ['src/jobs/a/terminal.ts', from('../../cli/terminal'), 'nobody-needs-the-cli'],
  ['src/worker.ts', from('./jobs/contracts'), 'app-module-composes'],
  ['src/app.module.ts', from('./auth/auth.repository'), 'app-module-takes-modules'],
  ['src/gmail/a/vendor.handler.ts', from('@googleapis/gmail'), 'vendor-google'],
  ['src/email/a/vendor-type.handler.ts', typeFrom('google-auth-library'), 'vendor-google'],
  ['src/billing/a/vendor.handler.ts', from('stripe'), 'vendor-stripe'],
  ['src/kernel/resilience/vendor.ts', from('@anthropic-ai/sdk/resources/messages'), 'vendor-anthropic'],
  ['src/jobs/a/prisma.handler.ts', from('../../kernel/database/generated/client'), 'prisma-in-repositories'],
  ['src/kernel/http/prisma.ts', from('@prisma/client/runtime/client'), 'prisma-in-repositories'],
  ['src/jobs/jobs.repository.ts', from('../kernel/database/prisma-connection'), 'connection-in-unit-of-work'],
  ['src/email/email.repository.ts', from('pg'), 'pg-in-kernel'],
  ['src/gmail/a/redis.ts', from('ioredis'), 'redis-in-kernel'],
  ['src/email/a/queue.ts', from('bullmq'), 'bullmq-carries-wake-ups'],
  ['src/main.ts', from('../sandbox/postgres/postgres'), 'src-ships-alone'],
  ['src/jobs/a/from-test.ts', from('../../../test/support/database'), 'src-ships-alone'],
  ['src/jobs/a/dev.ts', from('fast-check'), 'src-ships-its-dependencies'],
  ['sandbox/google/shares.ts', from('../../src/kernel/config/env.dto'), 'emulators-judge-from-outside'],
  ['src/jobs/a/own-client.ts', from('../../../sdk/src/index.ts'), 'src-ships-alone'],
  ['sdk/src/on-node.ts', from('node:crypto'), 'sdk-stands-alone'],
  ['sdk/src/from-backend.ts', typeFrom('../../src/auth/contracts'), 'sdk-stands-alone'],
  ['sdk/src/heavy.ts', from('uuid'), 'sdk-stands-alone'],
  ['console/src/behind-the-sdk.ts', from('../../sdk/src/http.ts'), 'console-on-the-sdk-alone'],
  ['console/src/from-backend.ts', typeFrom('../../src/auth/contracts'), 'console-on-the-sdk-alone'],
  ['src/jobs/a/nowhere.ts', from('./nothing-here'), 'no-unresolvable'],
];

/** What stands next to each offence and is allowed. */
const lawful: Record<string, string> = {
  'src/gmail/a/upstream.ts': from('../../auth/contracts'),
  'src/admin/a/upstream.ts': from('../../jobs/contracts'),
  'src/gmail/contracts/queries.ts': from('../../kernel/cqrs/domain-event'),
  'src/gmail/google/client.ts': from('@googleapis/gmail'),
  'src/auth/google/keys.ts': from('google-auth-library'),
  'src/billing/stripe/client.ts': from('stripe'),
  'src/email/anthropic/client.ts': from('@anthropic-ai/sdk'),
  'src/gmail/gmail.repository.ts': from('../kernel/database/generated/client'),
  'src/gmail/a/view.ts': typeFrom('../../kernel/database/generated/client'),
  'src/gmail/quota/given.ts': typeFrom('ioredis'),
  'src/kernel/database/pool.ts': from('pg'),
  'src/kernel/queue/queues.ts': from('bullmq'),
  'src/jobs/a/a.processor.ts': from('bullmq'),
  'src/jobs/a/a.spec.ts': from('../../../test/support/database'),
  'sdk/src/fetches.ts': from('openapi-fetch'),
  'console/src/page.ts': from('../../sdk/src/index.ts'),
  'console/src/chart.ts': from('uplot'),
  'sandbox/demo/main.ts': from('../../src/kernel/config/env.dto'),
};

describe('the import law', () => {
  const tree = new PlantedTree({
    ...ground,
    ...lawful,
    ...Object.fromEntries(offences.map(([file, source]) => [file, source])),
  });
  let refused: Map<string, string[]>;
  beforeAll(async () => {
    refused = new Map();
    const { summary } = await cruise(tree.directory, 'src', 'sandbox', 'test', 'sdk', 'console');
    for (const { from: file, rule } of summary.violations)
      refused.set(file, [...(refused.get(file) ?? []), rule.name]);
  }, 60_000);
  afterAll(() => tree.remove());

  it.each(offences)('refuses %s', (file, _source, rule) => {
    expect(new Set(refused.get(file))).toEqual(new Set([rule]));
  });

  it.each(Object.keys(lawful))('allows %s', (file) => {
    expect(refused.get(file)).toBeUndefined();
  });

  it('has an offence planted for each of its rules', () => {
    const law = jest.requireActual<Law>(config);
    expect(new Set(offences.map(([, , rule]) => rule))).toEqual(
      new Set(law.forbidden.map(({ name }) => name)),
    );
  });
});

describe('the present tree', () => {
  it('obeys the import law', async () => {
    const { summary } = await cruise(root, 'src', 'sandbox', 'test', 'tools', 'sdk/src', 'console/src');
    expect(summary.violations.map(({ from: file, to, rule }) => `${rule.name}: ${file} -> ${to}`)).toEqual(
      [],
    );
    expect(summary.totalCruised).toBeGreaterThan(200);
  }, 120_000);
});
