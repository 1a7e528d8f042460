import { join } from 'node:path';
import { defineConfig } from 'prisma/config';

// The CLI downloads a native engine unless told of another; the one in tools/ comes from npm and needs no network.
// PRISMA_NATIVE_ENGINE=1 asks for the native one; Windows cannot execute a script as a program.
if (process.platform !== 'win32' && !process.env.PRISMA_NATIVE_ENGINE) {
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= join(__dirname, 'tools', 'schema-engine.mjs');
}

const url = process.env.DIRECT_DATABASE_URL ?? process.env.DATABASE_URL;

export default defineConfig({
  schema: 'prisma',
  migrations: { path: 'prisma/migrations' },
  ...(url ? { datasource: { url } } : {}),
});
