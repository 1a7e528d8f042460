import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { AppModule } from '../../../src/app.module';
import { SecondFactorVault } from '../../../src/auth/second-factor/second-factor-vault';
import { SecretsRepository } from '../../../src/gmail/secrets.repository';
import { AccessTokens } from '../../../src/gmail/tokens/access-tokens';
import { TokenVault } from '../../../src/gmail/tokens/token-vault';
import { createKeyRing } from '../../../src/kernel/crypto/key-ring';
import { KeyRotation } from '../../../src/kernel/crypto/key-rotation';
import { KeyRotationModule } from '../../../src/kernel/crypto/key-rotation.module';
import { TokenCipher } from '../../../src/kernel/crypto/token-cipher';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { testEnv } from '../../support/env';

const v1 = Buffer.alloc(32, 1);
const v2 = Buffer.alloc(32, 2);
const old = new TokenVault(new TokenCipher(createKeyRing('v1', { v1 })));
/** Once this reads everything, the old key may go. */
const after = new TokenVault(new TokenCipher(createKeyRing('v2', { v2 })));
const ringOf = (...keys: [string, Buffer][]): string =>
  keys.map(([version, key]) => `${version}:${key.toString('base64')}`).join(',');

interface Box {
  id: string;
  userId: string;
}

describe('npm run keys:rotate', () => {
  let database: TestDatabase;
  let owner: Client;
  let app: INestApplicationContext;
  beforeEach(async () => {
    database = await createTestDatabase();
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    const env = testEnv(database.appUrl, { TOKEN_KEYS: ringOf(['v2', v2], ['v1', v1]) });
    const module = AppModule.for(env, 'worker', [KeyRotationModule]);
    app = await NestFactory.createApplicationContext(module, { logger: false });
  });
  afterEach(async () => {
    await app.close();
    await owner.end();
    await database.drop();
  });

  /** A connected mailbox, and an authenticator app, whose secrets are under the old key. */
  async function seed(): Promise<Box> {
    const box = { id: uuidv7(), userId: uuidv7() };
    await owner.query(`insert into users (id, email, name) values ($1, $2, 'Ada')`, [
      box.userId,
      `${box.userId}@example.test`,
    ]);
    await owner.query(
      `insert into gmail_connections (id, user_id, google_subject, email_address, status,
         access_token_cipher, access_token_expires_at, refresh_token_cipher)
       values ($1, $2, 'subject', 'ada@example.test', 'connected', $3, now() + interval '1 hour', $4)`,
      [
        box.id,
        box.userId,
        old.seal(`access ${box.id}`, 'access_token', box),
        old.seal(`refresh ${box.id}`, 'refresh_token', box),
      ],
    );
    const vault = new SecondFactorVault(testEnv(database.appUrl, { TOKEN_KEYS: ringOf(['v1', v1]) }));
    await owner.query(`insert into second_factors (user_id, secret) values ($1, $2)`, [
      box.userId,
      vault.seal(box.userId, Buffer.from('a secret')),
    ]);
    return box;
  }

  async function stored(box: Box): Promise<{ access: string; refresh: string; factor: string }> {
    const { rows } = await owner.query<Record<'a' | 'r' | 's', Buffer>>(
      `select access_token_cipher a, refresh_token_cipher r, secret s
       from gmail_connections c join second_factors f using (user_id) where c.id = $1`,
      [box.id],
    );
    const [row] = rows;
    if (!row) throw new Error('The mailbox is gone');
    const vault = new SecondFactorVault(testEnv(database.appUrl, { TOKEN_KEYS: ringOf(['v2', v2]) }));
    return {
      access: after.open(row.a, 'access_token', box),
      refresh: after.open(row.r, 'refresh_token', box),
      factor: vault.open(box.userId, row.s).toString(),
    };
  }

  // Mutants caught: a batch that forgets where the next begins; a module whose handler is not found; a value lost.
  it('loses no secret of more than one batch while they are read, and needs the old key no more', async () => {
    const boxes: Box[] = [];
    while (boxes.length < 120) boxes.push(await seed());
    const done = new AbortController();
    let reads = 0;
    const reading = (async () => {
      while (!done.signal.aborted)
        for (const box of boxes.slice(reads % 100, (reads % 100) + 20)) {
          expect(await app.get(AccessTokens).get(box.userId, box.id)).toBe(`access ${box.id}`);
          reads += 1;
        }
    })();
    const batches: string[] = [];
    const result = await app.get(KeyRotation).run((name) => batches.push(name));
    done.abort();
    await reading;
    expect(result).toEqual({ rewrapped: 3 * boxes.length, unreadable: [], complete: true });
    expect(reads).toBeGreaterThan(0);
    expect(batches.sort()).toEqual([
      ...Array<string>(2).fill('RewrapAuthSecrets'),
      ...Array<string>(2).fill('RewrapGmailSecrets'),
      'RewrapWebhookSecrets',
    ]);
    for (const box of boxes)
      expect(await stored(box)).toEqual({
        access: `access ${box.id}`,
        refresh: `refresh ${box.id}`,
        factor: 'a secret',
      });
    const again = await app.get(KeyRotation).run(() => undefined);
    expect(again).toEqual({ rewrapped: 0, unreadable: [], complete: true });
  }, 60_000);

  // Mutant caught: `replace` without the old bytes in its condition.
  it('never puts an old token over one that was refreshed meanwhile, and rotates that one too', async () => {
    const box = await seed();
    const repository = app.get(SecretsRepository);
    const list = repository.list.bind(repository);
    // Between the rotation's read and its write, by a process that still encrypts under the old key.
    jest.spyOn(repository, 'list').mockImplementationOnce(async (...page) => {
      const rows = await list(...page);
      const refreshed = old.seal('refreshed', 'access_token', box);
      await owner.query(`update gmail_connections set access_token_cipher = $2 where id = $1`, [
        box.id,
        refreshed,
      ]);
      return rows;
    });
    const overtaken: number[] = [];
    const { complete } = await app.get(KeyRotation).run((_name, batch) => overtaken.push(batch.overtaken));
    expect(overtaken).toContain(1);
    expect(complete).toBe(true);
    expect((await stored(box)).access).toBe('refreshed');
  });

  it('names what it cannot read, leaves it as it is, and rotates the rest', async () => {
    const [box, broken] = [await seed(), await seed()];
    const sql = `update gmail_connections set refresh_token_cipher = '\\x0102' where id = $1`;
    await owner.query(sql, [broken.id]);
    const result = await app.get(KeyRotation).run(() => undefined);
    expect(result).toEqual({
      rewrapped: 5,
      unreadable: [`gmail_connections ${broken.id} refreshTokenCipher`],
      complete: false,
    });
    expect((await stored(box)).refresh).toBe(`refresh ${box.id}`);
  });
});
