import { until } from '../../../sandbox/demo/journey';
import { type MailCatcher, startMailCatcher } from '../../../sandbox/mail/mail-catcher';
import { Inbrief, memoryTokens } from '../../../sdk/src';
import { startTestApp, type TestApp } from '../../support/app';

const ada = { email: 'ada@example.com', password: 'a fine passphrase' };
const newPassword = 'an even finer passphrase';

describe('the life of an account', () => {
  let product: TestApp;
  let post: MailCatcher;
  let inbrief: Inbrief;
  let userId: string;
  const tokens = memoryTokens();
  let signedOut = 0;
  beforeAll(async () => {
    post = await startMailCatcher();
    product = await startTestApp({ env: { SMTP_URL: post.url } });
    inbrief = device(() => (signedOut += 1), tokens);
  });
  afterAll(async () => {
    await product.close();
    await post.close();
  });

  /** Something that Ada calls from. */
  const device = (onSignedOut: () => void, store = memoryTokens()) =>
    new Inbrief({ baseUrl: product.url, tokens: store, onSignedOut });
  const mailedToken = async (purpose: string): Promise<string> => {
    const find = () =>
      post.to(ada.email).map(({ text }) => new RegExp(`#${purpose}=([\\w-]+)`).exec(text)?.[1]);
    await until(() => Promise.resolve(find().some(Boolean)), `the mail to ${purpose}`);
    return find().findLast(Boolean) ?? '';
  };

  it('begins with a registration that opens a wallet and the way to Gmail', async () => {
    const { user, gmailConsentUrl } = await inbrief.auth.register({ ...ada, name: 'Ada Lovelace' });
    userId = user.id;
    const consent = new URL(gmailConsentUrl);
    expect(consent.origin).toBe(product.google.url);
    expect(consent.searchParams.get('code_challenge_method')).toBe('S256');
    await until(async () => (await inbrief.billing.balance()).granted > 0, 'the wallet');
    expect((await inbrief.dashboard.get()).connections).toEqual([]);
  });

  it('verifies its address by the mail that came', async () => {
    await inbrief.auth.verifyEmail({ token: await mailedToken('verify-email') });
    expect(await inbrief.users.me()).toMatchObject({ id: userId, emailVerified: true });
  });

  it('is used from a second device, until that one is signed out', async () => {
    const ended = jest.fn();
    const phone = device(ended);
    await phone.auth.login(ada);
    const sessions = await inbrief.sessions.list();
    const other = sessions.find(({ current }) => !current);
    await inbrief.sessions.revoke(other?.id ?? '');
    await expect(phone.users.me()).rejects.toMatchObject({ status: 401, code: 'auth.unauthenticated' });
    expect(ended).toHaveBeenCalledTimes(1);
    expect(await phone.auth.isSignedIn()).toBe(false);
  });

  // Mutant: a refresh for each call that finds the token old; the second one ends the session, for its token was used.
  it('stays signed in by refreshing, once for however many calls', async () => {
    const old = await tokens.load();
    if (!old) throw new Error('Nobody is signed in');
    await tokens.save({ ...old, expiresAt: 0 });
    const answers = await Promise.all(Array.from({ length: 10 }, () => inbrief.users.me()));
    expect(new Set(answers.map(({ id }) => id))).toEqual(new Set([userId]));
    expect((await tokens.load())?.refreshToken).not.toBe(old.refreshToken);
    const refreshed = `select from audit_logs where user_id = $1 and action = 'auth.session-refreshed'`;
    expect(await product.sql(refreshed, [userId])).toHaveLength(1);
  });

  it('comes back after a forgotten password', async () => {
    const elsewhere = device(() => undefined);
    await elsewhere.auth.forgotPassword({ email: ada.email });
    await elsewhere.auth.resetPassword({ token: await mailedToken('reset-password'), newPassword });
    await expect(inbrief.users.me()).rejects.toMatchObject({ status: 401 });
    expect(signedOut).toBe(1);
    await expect(inbrief.auth.login(ada)).rejects.toMatchObject({ status: 401 });
    await inbrief.auth.login({ email: ada.email, password: newPassword });
    expect(await inbrief.users.me()).toMatchObject({ id: userId });
  });

  it('reads a script in by an API key that can read and nothing more', async () => {
    const { key } = await inbrief.apiKeys.create({ name: 'script', scopes: ['dashboard:read'] });
    const script = new Inbrief({ baseUrl: product.url, apiKey: key });
    expect((await script.dashboard.get()).usage).toHaveLength(30);
    await expect(script.gmail.sync({})).rejects.toMatchObject({ status: 403, code: 'auth.scope-missing' });
  });

  it('finds all of it in its trail', async () => {
    const trail = await inbrief.users.auditTrail({ limit: 5 }).all();
    const actions = trail.map(({ action }) => action);
    for (const action of [
      'auth.user-registered',
      'auth.email-verified',
      'auth.signed-in',
      'auth.session-revoked',
      'auth.session-refreshed',
      'auth.password-reset',
      'auth.api-key-created',
    ])
      expect(actions).toContain(action);
  });

  it('ends when it is deleted, and leaves no name and no violation behind', async () => {
    await inbrief.users.delete();
    await expect(inbrief.users.me()).rejects.toMatchObject({ status: 401 });
    expect(await product.sql('select status, name from users where id = $1', [userId])).toEqual([
      { status: 'deleted', name: 'Deleted user' },
    ]);
    const open = () => product.sql('select 1 from outbox_messages where published_at is null');
    await until(async () => (await open()).length === 0, 'everybody to be told');
    expect(await product.sql('select * from ledger_violations')).toEqual([]);
  });
});
