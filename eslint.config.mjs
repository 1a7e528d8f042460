import eslint from '@eslint/js';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';
import house from './tools/lint/house-rules.mjs';

const noFindUnique =
  'Prisma sends those of one tick as one statement, whoever they are of: findFirst stays in its unit of work.';
const configOnly = 'Only src/kernel/config reads the environment.';
const noForwardRef = 'A circle between modules is mended, not deferred: invert it through the bus.';

export default tseslint.config(
  {
    ignores: [
      '**/dist',
      '*.config.js',
      'coverage',
      'node_modules',
      'src/kernel/database/generated',
      'sdk/src/generated',
      '.inbrief',
      '**/*.mjs',
      '**/*.cjs',
    ],
  },
  eslint.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  prettier,
  {
    plugins: { house },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-extraneous-class': [
        'error',
        { allowWithDecorator: true, allowConstructorOnly: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // A DTO class is a shape for validation and for the OpenAPI document; an answer is a plain object of that shape.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: configOnly },
        { property: 'findUnique', message: noFindUnique },
        { property: 'findUniqueOrThrow', message: noFindUnique },
      ],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: '@nestjs/common', importNames: ['forwardRef'], message: noForwardRef },
            { name: 'node:process', importNames: ['env'], message: configOnly },
          ],
        },
      ],
      'house/no-drawer': 'error',
    },
  },
  {
    files: ['src/**'],
    ignores: ['**/*.repository.ts', 'src/kernel/database/**', 'src/kernel/outbox/**', '**/*.spec.ts'],
    rules: { 'house/database-in-repositories': 'error' },
  },
  { files: ['src/**/*.controller.ts'], rules: { 'house/controller-is-one-call': 'error' } },
  { files: ['src/**'], ignores: ['**/*.spec.ts'], rules: { 'house/saga-is-pure': 'error' } },
  {
    files: ['src/kernel/config/**', 'sandbox/**', 'test/**', 'tools/**', '*.config.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: ['test/**', '**/*.spec.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
    },
  },
);
