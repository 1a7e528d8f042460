import { SystemConfig } from '../../src/kernel/system-config/system-config';
import { SystemConfigRepository } from '../../src/kernel/system-config/system-config.repository';
import { PrismaConnection } from '../../src/kernel/database/prisma-connection';
import { UnitOfWork } from '../../src/kernel/database/unit-of-work';
import { signupsEnabled } from '../../src/auth/auth.settings';
import { dispatchWindow } from '../../src/jobs/jobs.settings';
import { testEnv } from './env';

/** Another process of the product, as far as its settings go: prints what applies whenever that changes. */
async function main(url: string): Promise<void> {
  const connection = new PrismaConnection(testEnv(url));
  const config = new SystemConfig(new SystemConfigRepository(new UnitOfWork(connection)));
  await config.onModuleInit();
  let last = '';
  const look = setInterval(() => {
    const now = JSON.stringify({ signups: config.get(signupsEnabled), window: config.get(dispatchWindow) });
    if (now !== last) process.stdout.write(`${now}\n`);
    last = now;
  }, 10);
  process.stdin.once('end', () => {
    clearInterval(look);
    void config.onModuleDestroy().then(() => connection.onModuleDestroy());
  });
  process.stdin.resume();
}

void main(process.argv[2] ?? '');
