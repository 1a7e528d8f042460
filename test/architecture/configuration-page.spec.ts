import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationPage } from '../../tools/configuration-page';
import { root } from './planted-tree';

describe('docs/configuration.md', () => {
  // Catches: a variable or a setting that was added, renamed, or given other bounds or another default without
  // `npm run docs:configuration`.
  it('tells every variable and every setting as the code has them', () => {
    expect(readFileSync(join(root, 'docs/configuration.md'), 'utf8')).toBe(configurationPage());
  });
});
