import { Client } from 'pg';
import { readLockFile } from './lock-file';
import { startPostgres } from './postgres';

/** A program that owns a Postgres, for specs that kill it. On SIGINT it asks its Postgres a question, then stops it. */
async function main(dataDir: string): Promise<void> {
  const postgres = await startPostgres({ dataDir, fast: true, temporary: true });
  setInterval(() => undefined, 1_000);
  process.on('SIGINT', () => {
    setTimeout(() => {
      void ask(postgres.url)
        .then((answer) => process.stdout.write(answer))
        .finally(() => void postgres.stop().then(() => process.exit(0)));
    }, 300);
  });
  process.stdout.write(JSON.stringify({ pid: readLockFile(postgres.dataDir)?.pid }));
}

async function ask(url: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.end();
  return 'answered';
}

void main(process.argv[2] ?? '');
