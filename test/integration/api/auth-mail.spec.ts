import request from 'supertest';
import { type MailCatcher, startMailCatcher } from '../../../sandbox/mail/mail-catcher';
import { OutboxRelay } from '../../../src/kernel/outbox/outbox-relay';
import { type AuthApp, type Registered, startAuthApp } from './auth-app';

const newPassword = 'an even finer passphrase';

describe('mails that prove an address', () => {
  let post: MailCatcher;
  let auth: AuthApp;
  let user: Registered;
  beforeAll(async () => {
    post = await startMailCatcher();
    auth = await startAuthApp({ SMTP_URL: post.url });
  });
  afterAll(async () => {
    await auth.close();
    await post.close();
  });
  beforeEach(async () => {
    user = await auth.register();
    await relay();
  });

  const relay = () => auth.app.get(OutboxRelay).relayOnce();
  const send = (path: string, body: object) => request(auth.http).post(`/api/auth/${path}`).send(body);
  const me = () => request(auth.http).get('/api/users/me').auth(user.tokens.accessToken, { type: 'bearer' });
  const lastToken = (purpose: string, address = user.email) => {
    const text = post.to(address).at(-1)?.text ?? '';
    return new RegExp(`http://api\\.test/console/#${purpose}=([\\w-]{43})$`, 'm').exec(text)?.[1] ?? '';
  };
  const askForReset = async (email = user.email) => {
    await send('forgot-password', { email }).expect(202);
    await relay();
  };

  describe('verification', () => {
    it('comes with registration and verifies the address once', async () => {
      const mail = post.to(user.email).at(-1);
      expect(mail).toMatchObject({ subject: 'Your address at Inbrief' });
      expect((await me()).body).toMatchObject({ emailVerified: false });
      await send('verify-email', { token: lastToken('verify-email') }).expect(204);
      expect((await me()).body).toMatchObject({ emailVerified: true });
      await send('verify-email', { token: lastToken('verify-email') }).expect(400);
    });

    it('can be asked for again; the token before stops working', async () => {
      const first = lastToken('verify-email');
      await request(auth.http)
        .post('/api/auth/request-verification')
        .auth(user.tokens.accessToken, { type: 'bearer' })
        .expect(202);
      await relay();
      await send('verify-email', { token: first }).expect(400);
      await send('verify-email', { token: lastToken('verify-email') }).expect(204);
    });

    it('refuses a token that is too old or meant for something else', async () => {
      await auth.sql(`update one_time_tokens set expires_at = now() where user_id = $1`, [user.id]);
      expect(
        (await send('verify-email', { token: lastToken('verify-email') }).expect(400)).body,
      ).toMatchObject({
        code: 'auth.invalid-token',
      });
      await askForReset();
      await send('verify-email', { token: lastToken('reset-password') }).expect(400);
    });

    // Mutant: a mail sent beside the transaction instead of through the outbox.
    it('survives a mail server that is out', async () => {
      post.refuseNext(1);
      const late = await auth.register();
      await relay();
      expect(post.to(late.email)).toHaveLength(0);
      await auth.sql('update outbox_messages set available_at = now() where published_at is null');
      await relay();
      expect(post.to(late.email)).toHaveLength(1);
    });
  });

  describe('a forgotten password', () => {
    it('is replaced by the token out of the mail, which ends every session and verifies the address', async () => {
      await askForReset();
      await send('reset-password', { token: lastToken('reset-password'), newPassword }).expect(204);
      await me().expect(401);
      await send('refresh', { refreshToken: user.tokens.refreshToken }).expect(401);
      await send('login', { email: user.email, password: user.password }).expect(401);
      const { body } = await send('login', { email: user.email, password: newPassword }).expect(200);
      expect(body.user).toMatchObject({ emailVerified: true });
      await send('reset-password', { token: lastToken('reset-password'), newPassword }).expect(400);
    });

    it('keeps the token when the new password is refused', async () => {
      await askForReset();
      const token = lastToken('reset-password');
      await send('reset-password', { token, newPassword: 'qwertyuiop123' }).expect(400);
      await send('reset-password', { token, newPassword }).expect(204);
    });

    it('answers and works alike for an address that nobody has, and mails nobody', async () => {
      const known = await send('forgot-password', { email: user.email }).expect(202);
      const unknown = await send('forgot-password', { email: 'nobody@example.test' }).expect(202);
      expect(unknown.text).toBe(known.text);
      const events = await auth.sql(
        `select count(*)::int as count from outbox_messages where type = 'auth.password-reset-asked.v1'
         group by payload->>'email' having payload->>'email' in ($1, 'nobody@example.test')`,
        [user.email],
      );
      expect(events).toEqual([{ count: 1 }, { count: 1 }]);
      await relay();
      expect(post.to('nobody@example.test')).toEqual([]);
      expect(post.to(user.email).at(-1)).toMatchObject({ subject: 'A new password for Inbrief' });
    });

    it('opens nothing for a suspended account', async () => {
      await auth.sql(`update users set status = 'suspended' where id = $1`, [user.id]);
      const before = post.mails.length;
      await askForReset();
      expect(post.mails).toHaveLength(before);
    });

    it('lets its owner in where guessing had been slowed down', async () => {
      for (let i = 0; i < 5; i++) await send('login', { email: user.email, password: 'not the passphrase' });
      await send('login', { email: user.email, password: 'not the passphrase' }).expect(429);
      await askForReset();
      await send('reset-password', { token: lastToken('reset-password'), newPassword }).expect(204);
      await send('login', { email: user.email, password: newPassword }).expect(200);
    });

    it('floods nobody: asking for one address again and again slows down', async () => {
      for (let i = 0; i < 5; i++) await send('forgot-password', { email: user.email }).expect(202);
      await send('forgot-password', { email: user.email }).expect(429);
      await send('forgot-password', { email: 'somebody.else@example.test' }).expect(202);
    });

    it('leaves no token in the database, the outbox or the log of events', async () => {
      await askForReset();
      const token = lastToken('reset-password');
      const [dump] = await auth.sql<{ text: string }>(
        `select (select json_agg(t)::text from one_time_tokens t) || (select json_agg(o)::text from outbox_messages o) as text`,
      );
      expect(dump?.text).not.toContain(token);
      expect(dump?.text).not.toContain(Buffer.from(token, 'base64url').toString('hex'));
    });
  });

  it('are dropped, and nothing else, where no mail server is configured', async () => {
    const silent = await startAuthApp();
    try {
      const person = await silent.register();
      await silent.app.get(OutboxRelay).relayOnce();
      expect(await silent.sql('select 1 from outbox_messages where published_at is null')).toEqual([]);
      await request(silent.http).post('/api/auth/forgot-password').send({ email: person.email }).expect(202);
    } finally {
      await silent.close();
    }
  });
});
