/**
 * The import law (docs/architecture.md, "Who may import whom"). `npm run check` enforces it and
 * test/architecture/import-law.spec.ts proves that every rule refuses what it should.
 * Specs beside their file may reach for test support, drivers and SDKs; they obey the rest like everyone.
 */

/** Features in the order they stand: a module sees the contracts of those before it, never one after it. */
const line = ['auth', 'gmail', 'email', 'billing', 'jobs'];
/** What stands at the end of the line: they see every contract, and nobody sees them. */
const ends = ['webhooks', 'dashboard', 'admin', 'health'];
const feature = `(${[...line, ...ends].join('|')})`;
const spec = '[.]spec[.]ts$';
/** They ask one question without starting the application, and put together the little they need for that. */
const verify = '^src/(audit-)?verify[.]ts$';

/** A package by name, installed or not. */
const packages = (...names) => `(^|node_modules/)(${names.join('|')})(/|$)`;

/** A vendor's SDK belongs to the folder that is named after the vendor. */
const vendor = (name, home, ...sdk) => ({
  name: `vendor-${name}`,
  comment: `Only ${home} speaks ${name}'s SDK; everyone else speaks of mails, money and summaries.`,
  severity: 'error',
  from: { path: '^src/', pathNot: [`^src/${home}/`, spec] },
  to: { path: packages(...sdk) },
});

const standsAfter = (module, index) => ({
  name: `line-${module}`,
  comment: `Contracts point one way: ${[...line, `(${ends.join(', ')})`].join(' <- ')}.`,
  severity: 'error',
  from: { path: `^src/${module}/` },
  to: { path: `^src/(${[...line.slice(index + 1), ...ends.filter((end) => end !== module)].join('|')})/` },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circle',
      comment: 'A circle has no first file to read.',
      severity: 'error',
      from: { pathNot: '^src/kernel/database/generated/' },
      to: { circular: true },
    },
    {
      name: 'kernel-knows-no-feature',
      comment: 'The kernel is what features stand on.',
      severity: 'error',
      from: { path: '^src/kernel/' },
      to: { path: ['^src/(?!kernel/)'] },
    },
    {
      name: 'contracts-only',
      comment: 'A feature reaches another one through the front door: its contracts/index.ts.',
      severity: 'error',
      from: { path: `^src/${feature}/` },
      to: { path: `^src/${feature}/`, pathNot: ['^src/$1/', `^src/${feature}/contracts/index[.]ts$`] },
    },
    ...line.map(standsAfter),
    ...ends.map((module) => standsAfter(module, line.length)),
    {
      name: 'contracts-carry-values',
      comment: 'A contract is ids and plain values: what it imports, all of its callers import.',
      severity: 'error',
      from: { path: `^src/${feature}/contracts/` },
      to: {
        pathNot: [
          '^src/$1/(contracts|domain)/',
          `^src/${feature}/contracts/index[.]ts$`,
          '^src/kernel/cqrs/',
          packages('@nestjs/cqrs'),
        ],
      },
    },
    {
      name: 'cli-through-the-front-door',
      comment: 'A command line does what the admin API does, by the same commands and queries.',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: { path: `^src/${feature}/`, pathNot: `^src/${feature}/contracts/index[.]ts$` },
    },
    {
      name: 'nobody-needs-the-cli',
      comment: 'A command line is a door; only its program opens it.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/cli/', '^src/inbrief[.]ts$'] },
      to: { path: '^src/cli/' },
    },
    {
      name: 'app-module-composes',
      comment:
        'app.module.ts is the one place that knows which features there are. A program may serve the probes.',
      severity: 'error',
      from: { path: '^src/[^/]+[.]ts$', pathNot: ['^src/app[.]module[.]ts$', verify, spec] },
      to: { path: `^src/${feature}/`, pathNot: '^src/health/' },
    },
    {
      name: 'app-module-takes-modules',
      comment: 'A module shows its Nest module to app.module.ts and nothing else.',
      severity: 'error',
      from: { path: '^src/app[.]module[.]ts$' },
      to: { path: `^src/${feature}/`, pathNot: `^src/${feature}/[^/]+[.]module[.]ts$` },
    },
    vendor('google', '(gmail|auth)/google', '@googleapis/.+', 'googleapis', 'google-auth-library', 'gaxios'),
    vendor('stripe', 'billing/stripe', 'stripe'),
    vendor('anthropic', 'email/anthropic', '@anthropic-ai/.+'),
    {
      name: 'prisma-in-repositories',
      comment:
        'Only repositories call Prisma. Elsewhere the type of a row may be named (import type) where a slice turns rows ' +
        'into its answer: a copy of that type would say nothing more.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['[.]repository[.]ts$', '^src/kernel/(database|outbox)/', spec] },
      to: {
        path: ['^src/kernel/database/generated/', packages('@prisma/.+', 'prisma')],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'connection-in-unit-of-work',
      comment: 'Whoever held the connection itself could leave the row-level security context.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/kernel/database/', verify, spec] },
      to: { path: '^src/kernel/database/(prisma-connection|rls-pool|rls-context)[.]ts$' },
    },
    {
      name: 'pg-in-kernel',
      comment: 'Features reach Postgres through a unit of work, never through a connection of their own.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/kernel/', spec] },
      to: { path: packages('pg', 'pg-.+') },
    },
    {
      name: 'redis-in-kernel',
      comment:
        'Redis is an option of the kernel: a feature may use the connection it was given, and must do without one.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/kernel/', spec] },
      to: { path: packages('ioredis', 'redis'), dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'bullmq-carries-wake-ups',
      comment: 'Work stands in Postgres; only jobs and the queue wiring know what carries the wake-ups.',
      severity: 'error',
      // provision.ts lays BullMQ's tables beside ours, as the same owner.
      from: {
        path: '^src/',
        pathNot: ['^src/kernel/queue/', '^src/jobs/', '^src/kernel/database/provision[.]ts$', spec],
      },
      to: { path: packages('bullmq', '@nestjs/bullmq') },
    },
    {
      name: 'src-ships-alone',
      comment: 'What ships knows neither its tests nor its sandbox, and its callers call it over HTTP.',
      severity: 'error',
      from: { path: '^src/', pathNot: spec },
      to: { path: '^(sandbox|test|tools|sdk|console)/' },
    },
    {
      name: 'src-ships-its-dependencies',
      comment: 'The image installs no development dependency.',
      severity: 'error',
      from: { path: '^src/', pathNot: spec },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'emulators-judge-from-outside',
      comment: 'An emulator that shared code with the application would share its mistakes.',
      severity: 'error',
      from: { path: '^sandbox/(google|stripe|anthropic|emulator|postgres)/', pathNot: spec },
      to: { path: '^(src|test)/' },
    },
    {
      name: 'sdk-stands-alone',
      comment: 'It runs in browsers too: no Node module, nothing of the backend, one dependency.',
      severity: 'error',
      from: { path: '^sdk/src/', pathNot: spec },
      to: { pathNot: ['^sdk/src/', packages('openapi-fetch')] },
    },
    {
      name: 'console-on-the-sdk-alone',
      comment: 'The console sees the product as any other caller does.',
      severity: 'error',
      from: { path: '^console/src/', pathNot: spec },
      to: { pathNot: ['^console/src/', '^sdk/src/index[.]ts$', packages('preact', 'uplot', 'uqr')] },
    },
    {
      name: 'no-unresolvable',
      comment:
        'An import that leads nowhere. The linters of the API have packages of their own, and what chaos preloads is built first.',
      severity: 'error',
      from: { pathNot: ['^tools/api/', '^test/chaos/program/'] },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    // Built, and written by tests.
    exclude: { path: ['^(sdk|console)/dist/', '^test/artifacts/'] },
    doNotFollow: { path: ['node_modules', '^src/kernel/database/generated/'] },
    tsConfig: { fileName: `${__dirname}/tsconfig.json` },
    // Types count: a type-only import is knowledge too.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
      mainFields: ['main', 'types', 'typings'],
    },
    skipAnalysisNotInRules: true,
    cache: false,
  },
};
