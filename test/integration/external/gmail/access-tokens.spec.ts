import { v7 as uuidv7 } from 'uuid';
import { ConnectGmail } from '../../../../src/gmail/connect-gmail/connect-gmail.handler';
import { FinishConnect } from '../../../../src/gmail/finish-connect/finish-connect.handler';
import { AccessTokens } from '../../../../src/gmail/tokens/access-tokens';
import { TokenVault } from '../../../../src/gmail/tokens/token-vault';
import { type ConnectedMailbox, giveConsent, type GmailApp, startGmailApp } from './gmail-app';

let one: GmailApp;
let two: GmailApp;
beforeAll(async () => {
  one = await startGmailApp();
  two = await one.another();
});
afterAll(async () => {
  await two.close();
  await one.close();
});
afterEach(() => one.emulator.faults.clear());

const expire = (box: ConnectedMailbox): Promise<unknown> =>
  one.sql(`update gmail_connections set access_token_expires_at = now() where id = $1`, [box.connectionId]);

async function refreshes(work: () => Promise<unknown>): Promise<number> {
  const count = async (): Promise<number> => {
    const answer = await fetch(`${one.emulator.url}/__control/requests`);
    const { requests } = (await answer.json()) as { requests: { path: string }[] };
    return requests.filter(({ path }) => path === '/token').length;
  };
  const before = await count();
  await work();
  return (await count()) - before;
}

async function status(box: ConnectedMailbox): Promise<unknown> {
  return (
    await one.sql(`select status, status_reason from gmail_connections where id = $1`, [box.connectionId])
  )[0];
}

describe('an access token', () => {
  // Mutant caught: without the lease on the row, each process refreshes for itself.
  it('is refreshed once, however many ask in however many processes', async () => {
    const box = await one.connected();
    await expire(box);
    const asked: string[] = [];
    const count = await refreshes(async () => {
      const asking = Array.from({ length: 20 }, (_, n) =>
        (n % 2 ? one : two).app.get(AccessTokens).get(box.userId, box.connectionId),
      );
      asked.push(...(await Promise.all(asking)));
    });
    expect(count).toBe(1);
    expect(new Set(asked).size).toBe(1);
  });

  it('is taken from the row as long as it lives', async () => {
    const box = await one.connected();
    expect(await refreshes(() => one.app.get(AccessTokens).get(box.userId, box.connectionId))).toBe(0);
  });

  it('is refreshed when Google refuses it early, and left alone when it was replaced meanwhile', async () => {
    const box = await one.connected();
    const tokens = one.app.get(AccessTokens);
    const first = await tokens.get(box.userId, box.connectionId);
    await tokens.refused(box.userId, box.connectionId, 'an older token');
    expect(await tokens.get(box.userId, box.connectionId)).toBe(first);
    await tokens.refused(box.userId, box.connectionId, first);
    expect(await tokens.get(box.userId, box.connectionId)).not.toBe(first);
  });

  it('asks once for a new consent when Google no longer accepts the old one', async () => {
    const box = await one.connected();
    one.google.tokens.revokeGrants(box.email);
    await expire(box);
    const asking = [one, two, one].map(({ app }) => app.get(AccessTokens).get(box.userId, box.connectionId));
    for (const answer of await Promise.allSettled(asking))
      expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'gmail.needs-reauth' } });
    expect(await status(box)).toEqual({ status: 'needs_reauth', status_reason: 'consent-revoked' });
    const events = await one.sql(
      `select 1 from outbox_messages where subject_id = $1 and type = 'gmail.connection-needs-reauth.v1'`,
      [box.connectionId],
    );
    expect(events).toHaveLength(1);
  });

  // Mutant caught: disconnecting by id alone throws away the consent that was given while the old token failed.
  it('survives a reconnect that races the refusal of the old consent', async () => {
    const box = await one.connected();
    await expire(box);
    one.emulator.faults.add({
      path: '^/token$',
      action: 'respond',
      status: 400,
      body: { error: 'invalid_grant' },
      delayMs: 400,
    });
    const asking = two.app.get(AccessTokens).get(box.userId, box.connectionId);
    await new Promise((resolve) => setTimeout(resolve, 150));
    const url = await one.commands.execute(new ConnectGmail(box.userId, uuidv7()));
    const answer = await giveConsent(url, box.email);
    await one.commands.execute(new FinishConnect(answer.get('state')!, answer.get('code')!, undefined));
    expect(await asking).toEqual(expect.any(String));
    expect(await status(box)).toEqual({ status: 'connected', status_reason: null });
  });

  it('is worth a retry while Google’s token endpoint is down, and the mailbox stays connected', async () => {
    const box = await one.connected();
    await expire(box);
    one.emulator.faults.add({ path: '^/token$', action: 'respond', status: 503, times: 0 });
    const asking = one.app.get(AccessTokens).get(box.userId, box.connectionId);
    await expect(asking).rejects.toMatchObject({ kind: 'unavailable' });
    one.emulator.faults.clear();
    expect(await status(box)).toMatchObject({ status: 'connected' });
    expect(await one.app.get(AccessTokens).get(box.userId, box.connectionId)).toEqual(expect.any(String));
  });

  it('does not decrypt in another row or column', async () => {
    const box = await one.connected();
    const [row] = await one.sql<{ cipher: Buffer }>(
      `select access_token_cipher as cipher from gmail_connections where id = $1`,
      [box.connectionId],
    );
    const vault = one.app.get(TokenVault);
    const own = { userId: box.userId, id: box.connectionId };
    expect(vault.open(row!.cipher, 'access_token', own)).toEqual(expect.any(String));
    expect(() => vault.open(row!.cipher, 'refresh_token', own)).toThrow();
    expect(() => vault.open(row!.cipher, 'access_token', { ...own, id: uuidv7() })).toThrow();
  });

  it('is refused to another user, and to a mailbox that is not connected', async () => {
    const box = await one.connected();
    const tokens = one.app.get(AccessTokens);
    await expect(tokens.get(await one.user(), box.connectionId)).rejects.toMatchObject({ kind: 'not-found' });
    await one.sql(
      `update gmail_connections set status = 'disconnected', access_token_cipher = null, refresh_token_cipher = null where id = $1`,
      [box.connectionId],
    );
    await expect(tokens.get(box.userId, box.connectionId)).rejects.toMatchObject({
      code: 'gmail.not-connected',
    });
  });
});
