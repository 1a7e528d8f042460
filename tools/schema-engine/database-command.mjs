import pg from 'pg';
import { readConnectionUrl, withDatabase } from './connection-url.mjs';

/** Postgres and socket errors as the codes the Prisma CLI decides by. */
const prismaCodes = {
  '3D000': 'P1003',
  '28P01': 'P1000',
  28000: 'P1010',
  ECONNREFUSED: 'P1001',
  ENOTFOUND: 'P1001',
  '42P04': 'P1009',
};

/** The engine's `cli` subcommands; gives the exit code and explains a failure on stderr, as log lines in JSON. */
export async function runDatabaseCommand(command, datasourceUrl) {
  try {
    const { url, database } = readConnectionUrl(datasourceUrl);
    const admin = withDatabase(url, 'postgres');
    const name = pg.escapeIdentifier(database);
    if (command === 'can-connect-to-database') await run(url, 'SELECT 1');
    else if (command === 'create-database') await run(admin, `CREATE DATABASE ${name}`);
    else if (command === 'drop-database') await run(admin, `DROP DATABASE IF EXISTS ${name}`);
    else throw new Error(`unknown command ${command}`);
    return 0;
  } catch (error) {
    const fields = {
      error_code: prismaCodes[error.code] ?? 'P1011',
      message: error.message || String(error.code),
    };
    // The CLI takes the last line that parses; a single one would be read as truncated.
    const lines = [
      { level: 'INFO', fields: { message: command } },
      { level: 'ERROR', target: 'schema_engine::logger', fields },
    ];
    process.stderr.write(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    return 1;
  }
}

async function run(connectionString, sql) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
