import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { readConnectionUrl, withDatabase } from './connection-url.mjs';

/** Type ids of Postgres: the catalogue's one-byte "char", and text. */
const charType = 18;
const textType = 25;

/** An adapter factory that meets what the schema engine needs and the pg adapter alone does not give. */
export class SchemaEngineAdapterFactory {
  provider = 'postgres';
  adapterName = '@prisma/adapter-pg';
  #main;
  #shadowUrl;

  constructor(url, shadowUrl) {
    this.#main = readConnectionUrl(url);
    this.#shadowUrl = shadowUrl && readConnectionUrl(shadowUrl).url;
  }

  connect() {
    return connect(this.#main.url, this.#main.schema);
  }

  /** A configured shadow database is emptied; otherwise one is made for the occasion and dropped with the adapter. */
  async connectToShadowDb() {
    if (this.#shadowUrl) {
      const shadow = await connect(this.#shadowUrl, this.#main.schema);
      await shadow.executeScript('DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public');
      return shadow;
    }
    const name = `prisma_migrate_shadow_db_${crypto.randomUUID()}`;
    const main = await this.connect();
    await main.executeScript(`CREATE DATABASE "${name}"`);
    const shadow = await connect(withDatabase(this.#main.url, name), this.#main.schema);
    const disconnect = shadow.dispose.bind(shadow);
    shadow.dispose = async () => {
      await disconnect();
      await main.executeScript(`DROP DATABASE IF EXISTS "${name}"`);
      await main.dispose();
    };
    return shadow;
  }
}

async function connect(connectionString, schema) {
  const pool = new pg.Pool({ connectionString, max: 3 });
  return adapt(await new PrismaPg(pool, { schema, disposeExternalPool: true }).connect());
}

function adapt(adapter) {
  const original = Object.getPrototypeOf(adapter);
  adapter.queryRaw = (query) => queryWithChars(adapter, original, query);
  // The pg adapter cuts a script at every semicolon, also inside a function's body; Postgres takes it whole.
  adapter.executeScript = async (script) => {
    try {
      await adapter.client.query(script);
    } catch (error) {
      adapter.onError(error);
    }
  };
  if (original.startTransaction) {
    adapter.startTransaction = async (...args) => adapt(await original.startTransaction.apply(adapter, args));
  }
  return adapter;
}

/** The engine describes a database by "char" columns, which the pg adapter refuses: passed through as text. */
async function queryWithChars(adapter, original, query) {
  let isChar = [];
  const performIO = async (io) => {
    const result = await original.performIO.call(adapter, io);
    isChar = result.fields.map(({ dataTypeID }) => dataTypeID === charType);
    const fields = result.fields.map((field, at) =>
      isChar[at] ? { ...field, dataTypeID: textType } : field,
    );
    return { fields, rows: result.rows };
  };
  const answer = await original.queryRaw.call(
    Object.create(adapter, { performIO: { value: performIO } }),
    query,
  );
  const columnTypes = answer.columnTypes.map((type, at) => (isChar[at] ? ColumnTypeEnum.Character : type));
  return { ...answer, columnTypes };
}
