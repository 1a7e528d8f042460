import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApi } from './api';
import { loadEnv } from './kernel/config/load-env';
import { createOpenApiDocument } from './kernel/http/openapi/openapi-document';

const file = join(__dirname, '..', 'openapi.json');
/** Nothing is called while the document is made; the values only have to be well-formed. */
const environment = {
  NODE_ENV: 'test',
  LOG_LEVEL: 'silent',
  PUBLIC_URL: 'https://inbrief.test',
  DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none',
  JWT_KEYS: `openapi:${'0'.repeat(32)}`,
  TOKEN_KEYS: `v1:${Buffer.alloc(32).toString('base64')}`,
  CURSOR_SECRET: '0'.repeat(32),
  GOOGLE_CLIENT_ID: 'none',
  GOOGLE_CLIENT_SECRET: 'none',
  ENABLE_STRIPE: 'false',
  ANTHROPIC_API_KEY: 'none',
};

/** Writes `openapi.json` from the code; with `--check` it compares instead, and exits 1 where the two differ. */
async function main(check: boolean): Promise<number> {
  const env = loadEnv(environment);
  const app = await createApi(env);
  await app.init();
  const document = `${JSON.stringify(createOpenApiDocument(app, env.PUBLIC_URL), null, 2)}\n`;
  await app.close();
  if (!check) {
    writeFileSync(file, document);
    process.stdout.write('openapi.json is written\n');
    return 0;
  }
  const inStep = existsSync(file) && readFileSync(file, 'utf8') === document;
  process.stdout.write(
    inStep ? 'openapi.json is in step with the code\n' : 'openapi.json is out of step: run npm run openapi\n',
  );
  return inStep ? 0 : 1;
}

main(process.argv.includes('--check')).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
