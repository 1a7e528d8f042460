import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { postgresAccount, publicDirectories } from '../../sandbox/postgres/account';
import { freePort } from '../../sandbox/stack/ports';

/** Whether this run's databases stand behind a pooler (`npm run test:matrix`). */
export const isPooled = process.env.INBRIEF_TEST_POOLER === 'pgbouncer';

/** A pgbouncer in transaction mode before a Postgres on loopback: what Supabase's pooler does to sessions. */
export class Pooler {
  private constructor(
    readonly port: number,
    private readonly process: ChildProcess,
    private readonly directory: string,
  ) {}

  static async start(postgresPort: number, login: { role: string; password: string }): Promise<Pooler> {
    const account = postgresAccount();
    const directory = mkdtempSync(join(publicDirectories()[0] ?? '/tmp', 'inbrief-pgbouncer-'));
    const port = await freePort();
    const users = join(directory, 'users.txt');
    const settings = join(directory, 'pgbouncer.ini');
    writeFileSync(users, `"${login.role}" "${login.password}"\n`);
    writeFileSync(
      settings,
      `[databases]
* = host=127.0.0.1 port=${postgresPort}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${users}
pool_mode = transaction
default_pool_size = 10
max_client_conn = 500
`,
    );
    if (account) for (const path of [directory, users, settings]) chownSync(path, account.uid, account.gid);
    const child = spawn('pgbouncer', ['-q', settings], { ...account, cwd: '/', stdio: 'ignore' });
    const pooler = new Pooler(port, child, directory);
    await pooler.ready();
    return pooler;
  }

  async stop(): Promise<void> {
    if (this.process.exitCode === null) {
      this.process.kill('SIGTERM');
      await once(this.process, 'exit');
    }
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async ready(): Promise<void> {
    for (let tries = 0; tries < 200; tries++) {
      if (this.process.exitCode !== null) throw new Error(`pgbouncer ended with ${this.process.exitCode}`);
      const socket = connect(this.port, '127.0.0.1');
      const open = await once(socket, 'connect').then(
        () => true,
        () => false,
      );
      socket.destroy();
      if (open) return;
      await sleep(25);
    }
    throw new Error('pgbouncer did not listen within 5 s');
  }
}
