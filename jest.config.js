/** Types are checked by `tsc`; jest only strips them. Real Postgres comes from the global set-up. */
module.exports = {
  testEnvironment: 'node',
  globalSetup: '<rootDir>/test/support/postgres.global.ts',
  globalTeardown: '<rootDir>/test/support/postgres.global-teardown.ts',
  roots: ['<rootDir>/src', '<rootDir>/test', '<rootDir>/sandbox', '<rootDir>/tools'],
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
  testTimeout: 30_000,
};
