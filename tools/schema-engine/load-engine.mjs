import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import { SchemaEngineAdapterFactory } from './adapter.mjs';

/** Never connected to: commands that compare files alone still need an adapter. */
const noDatabase = 'postgresql://nobody@127.0.0.1:1/none';

/** Instantiates the WebAssembly engine for a datasource; `errors` resolves the numbers it reports driver errors by. */
export async function loadEngine(datasource, datamodels) {
  let panic = '';
  // A name that the engine's WebAssembly looks up.
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { get: () => panic, set_message: (message) => (panic = message) };
  const bindingsUrl = import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const program = readFileSync(fileURLToPath(new URL('./schema_engine_bg.wasm', bindingsUrl)));
  const { instance } = await WebAssembly.instantiate(program, { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();

  const factory = new SchemaEngineAdapterFactory(datasource.url ?? noDatabase, datasource.shadowDatabaseUrl);
  const bound = bindMigrationAwareSqlAdapterFactory(factory);
  const log = (message) =>
    process.stderr.write(`${JSON.stringify({ level: 'INFO', fields: { message: String(message) } })}\n`);
  const engine = await bindings.SchemaEngine.new({ datamodels }, log, bound);
  return { engine, errors: bound.errorRegistry, panicMessage: () => panic };
}
