import { join } from 'node:path';
import { PlantedTree, root, runTool } from './planted-tree';

type Report = { filePath: string; messages: { ruleId: string | null; message: string }[] }[];

const controller = (body: string): string => `
  import { CommandBus } from '@nestjs/cqrs';
  export class PlantController {
    constructor(private readonly commands: CommandBus) {}
    ${body}
  }`;
const saga = (body: string): string => `
  const SagaOn = (event: unknown) => (target: unknown): void => void [event, target];
  class Happened {}
  @SagaOn(Happened)
  export class ActOnHappened { ${body} }`;
const handler = (body: string): string => `
  interface Db { user: { findMany(): Promise<object[]> }; $queryRaw(sql: string): Promise<object[]> }
  export class PlantHandler {
    constructor(private readonly uow: { db: Db }, private readonly client: Db) {}
    ${body}
  }`;
const value = 'export const value = 1;\n';
const tryless =
  'async run(): Promise<unknown> { try { return await this.commands.execute(1 as never); } finally { void 0; } }';
const twice =
  'async run(): Promise<unknown> { await this.commands.execute(1 as never); return this.commands.execute(2 as never); }';

/** One offence per file, and the rule that must refuse it: a rule that is switched off or written wrong fails here. */
const offences: [file: string, source: string, rule: string][] = [
  [
    'src/jobs/a/prisma-call.handler.ts',
    handler('run() { return this.uow.db.user.findMany(); }'),
    'house/database-in-repositories',
  ],
  [
    'src/jobs/a/taken-apart.handler.ts',
    handler('run() { const { db } = this.uow; return db; }'),
    'house/database-in-repositories',
  ],
  [
    'src/jobs/a/raw.handler.ts',
    handler(`run() { return this.client.$queryRaw('x'); }`),
    'house/database-in-repositories',
  ],
  ['src/jobs/a/try.controller.ts', controller(tryless), 'house/controller-is-one-call'],
  ['src/jobs/a/two.controller.ts', controller(twice), 'house/controller-is-one-call'],
  [
    'src/jobs/a/waits.saga.ts',
    saga('async react() { await Promise.resolve(); return []; }'),
    'house/saga-is-pure',
  ],
  [
    'src/jobs/a/remembers.saga.ts',
    saga('private seen = 0; react() { return [this.seen]; }'),
    'house/saga-is-pure',
  ],
  [
    'src/jobs/a/injected.saga.ts',
    saga('constructor(readonly it: object) {} react() { return []; }'),
    'house/saga-is-pure',
  ],
  ['src/jobs/utils/drawer.ts', value, 'house/no-drawer'],
  ['test/helpers/drawer.ts', value, 'house/no-drawer'],
  ['src/jobs/a/env.ts', 'export const home = process.env.HOME;\n', 'no-restricted-properties'],
  ['src/jobs/a/taken-env.ts', `export { env } from 'node:process';\n`, 'no-restricted-imports'],
  ['src/jobs/a/defers.ts', `export { forwardRef } from '@nestjs/common';\n`, 'no-restricted-imports'],
  ['src/jobs/a/any.ts', 'export let it: any;\n', '@typescript-eslint/no-explicit-any'],
  [
    'src/jobs/a/floats.ts',
    'export function f(): void { Promise.resolve(); }\n',
    '@typescript-eslint/no-floating-promises',
  ],
];

/** What stands next to each offence and is allowed. */
const lawful: Record<string, string> = {
  'src/jobs/jobs.repository.ts': handler('run() { return this.uow.db.user.findMany(); }'),
  'src/jobs/a/one.controller.ts': controller(
    'run(): Promise<unknown> { return this.commands.execute(1 as never); }',
  ),
  'src/jobs/a/pure.saga.ts': saga('react() { return [1]; }'),
  'src/kernel/config/env.ts': 'export const home = process.env.HOME;\n',
};

describe('the rules of the house', () => {
  const tree = new PlantedTree({
    'tsconfig.json': JSON.stringify({ extends: '../../tsconfig.json', include: ['src', 'test'] }),
    ...lawful,
    ...Object.fromEntries(offences.map(([file, source]) => [file, source])),
  });
  const refused = new Map<string, (string | null)[]>();
  beforeAll(async () => {
    const args = ['--config', join(root, 'eslint.config.mjs'), '--format', 'json', 'src', 'test'];
    const report = await runTool<Report>('eslint/bin/eslint.js', args, tree.directory);
    for (const { filePath, messages } of report)
      refused.set(
        filePath.slice(tree.directory.length + 1).replaceAll('\\', '/'),
        messages.map(({ ruleId }) => ruleId),
      );
  }, 60_000);
  afterAll(() => tree.remove());

  it.each(offences)('refuse %s', (file, _source, rule) => {
    expect(refused.get(file)).toContain(rule);
  });

  it.each(Object.keys(lawful))('allow %s', (file) => {
    const rules = new Set(offences.map(([, , rule]) => rule));
    expect(refused.get(file)?.filter((rule) => rule && rules.has(rule))).toEqual([]);
  });
});
