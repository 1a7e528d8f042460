import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';
import { modelsOf, type OpenApiDocument, resourcesOf } from './sdk/resources';

const root = join(__dirname, '..');
const target = join(root, 'sdk', 'src', 'generated');
const head = '/** Made from openapi.json by `npm run sdk:types`; do not edit. */\n\n';

/**
 * `npm run sdk:types`: writes what of the SDK follows from `openapi.json`: the types (openapi-typescript), a class per
 * resource with a method per operation, and short names for the schemas. With `--check` it compares instead and exits 1 where
 * they differ.
 */
async function main(check: boolean): Promise<void> {
  const source = readFileSync(join(root, 'openapi.json'), 'utf8');
  const document = JSON.parse(source) as OpenApiDocument;
  const types = await openapiTS(source, { alphabetize: true, defaultNonNullable: false });
  const files = {
    'schema.ts': head + astToString(types),
    'resources.ts': head + resourcesOf(document),
    'models.ts': head + modelsOf(document),
  };
  const options = await resolveConfig(join(root, 'sdk', 'src', 'index.ts'));
  const stale: string[] = [];
  mkdirSync(target, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    const path = join(target, name);
    const wanted = await format(text, { ...options, parser: 'typescript' });
    if (existsSync(path) && readFileSync(path, 'utf8') === wanted) continue;
    stale.push(name);
    if (!check) writeFileSync(path, wanted);
  }
  const where = dirname(join('sdk', 'src', 'generated', 'x'));
  if (stale.length === 0) process.stdout.write(`${where} is in step with openapi.json\n`);
  else if (!check) process.stdout.write(`${where}: wrote ${stale.join(', ')}\n`);
  else {
    process.stdout.write(`${where} is out of step (${stale.join(', ')}): run npm run sdk:types\n`);
    process.exitCode = 1;
  }
}

main(process.argv.includes('--check')).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
