import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { envExample } from '../../tools/env-example';
import { root } from './planted-tree';

describe('.env.example', () => {
  // Catches: a variable that was added, renamed or given another default without `npm run env:example`, and one that
  // nobody documented.
  it('names every variable of EnvDto with its doc and its default', () => {
    expect(readFileSync(join(root, '.env.example'), 'utf8')).toBe(envExample());
  });
});
