const { availableParallelism } = require('node:os');

/** Types are checked by `tsc`; jest only strips them. Real Postgres comes from the global set-up. */
module.exports = {
  testEnvironment: 'node',
  globalSetup: '<rootDir>/test/support/postgres.global.ts',
  globalTeardown: '<rootDir>/test/support/postgres.global-teardown.ts',
  roots: ['src', 'test', 'sandbox', 'tools', 'sdk/src'].map((folder) => `<rootDir>/${folder}`),
  testRegex: '\\.(spec|e2e-spec)\\.ts$',
  moduleFileExtensions: ['js', 'json', 'ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          target: 'es2022',
          keepClassNames: true,
        },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  testTimeout: 90_000,
  // Specs wait for Postgres and sockets much of the time: two share even two cores well.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  // Applications leave more behind in a worker than its heap can hold over the whole run; one that has grown makes room for a new one.
  workerIdleMemoryLimit: '1500MB',
  // Istanbul counts statements and branches of the source; V8 counts lines, and interfaces as lines never run.
  coverageProvider: 'babel',
  // The programs right under src/ run as processes of their own (the demo, the check and the program specs start them).
  collectCoverageFrom: [
    'src/*/**/*.ts',
    'src/{api,app.module}.ts',
    '!src/**/*.spec.ts',
    '!src/kernel/database/generated/**',
  ],
  coverageReporters: ['text-summary', 'json-summary', 'lcovonly'],
  coverageThreshold: { global: { statements: 90, branches: 90 } },
};
