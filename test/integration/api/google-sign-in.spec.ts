import request from 'supertest';
import { type RunningEmulator, startEmulator } from '../../../sandbox/emulator/emulator';
import { googleEmulator } from '../../../sandbox/google/google-emulator';
import { type AuthApp, closeSignups, publicUrl, startAuthApp } from './auth-app';

interface Begun {
  url: string;
  state: string;
  codeVerifier: string;
}

const app = 'https://app.example.test/signed-in';

describe('sign in with Google', () => {
  let google: RunningEmulator;
  let auth: AuthApp;
  const people = new Set<string>();
  beforeAll(async () => {
    google = await startEmulator(googleEmulator());
    auth = await startAuthApp({ GOOGLE_OAUTH_BASE_URL: google.url, RETURN_URLS: app });
    await control('clients', {
      clientId: 'client',
      clientSecret: 'secret',
      redirectUris: [`${publicUrl}/console/`, app],
    });
  });
  afterAll(async () => {
    await auth.close();
    await google.close();
  });

  const control = async (path: string, body: object) => {
    const answer = await fetch(`${google.url}/__control/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(answer.ok).toBe(true);
  };
  const start = async (body: object = {}) =>
    (await request(auth.http).post('/api/auth/google/start').send(body).expect(200)).body as Begun;
  /** A person chooses an account on Google's page; the browser is sent back with a code. */
  const consent = async ({ url }: Begun, email: string, decision = 'allow') => {
    if (!people.has(email)) await control('mailboxes', { email });
    people.add(email);
    const form = new URLSearchParams(new URL(url).searchParams);
    form.set('account', email);
    form.set('decision', decision);
    const answer = await fetch(`${google.url}/__consent`, { method: 'POST', body: form, redirect: 'manual' });
    return new URL(answer.headers.get('location') ?? 'about:blank').searchParams;
  };
  const finish = (code: string, codeVerifier: string, redirectUri?: string) =>
    request(auth.http).post('/api/auth/google/finish').send({ code, codeVerifier, redirectUri });
  const signIn = async (email: string) => {
    const begun = await start();
    const back = await consent(begun, email);
    expect(back.get('state')).toBe(begun.state);
    return finish(back.get('code') ?? '', begun.codeVerifier);
  };

  it('opens an account with a verified address and no password, and finds it again', async () => {
    const { body, status } = await signIn('new.person@gmail.com');
    expect(status).toBe(200);
    expect(body.user).toMatchObject({
      email: 'new.person@gmail.com',
      name: 'New Person',
      emailVerified: true,
    });
    await request(auth.http)
      .get('/api/users/me')
      .auth(body.tokens.accessToken as string, { type: 'bearer' })
      .expect(200);
    expect((await signIn('new.person@gmail.com')).body.user).toMatchObject({ id: body.user.id });
    await request(auth.http)
      .post('/api/auth/login')
      .send({ email: 'new.person@gmail.com', password: 'anything at all' })
      .expect(401);
    const events = await auth.sql('select type from outbox_messages where user_id = $1', [body.user.id]);
    expect(events).toEqual([{ type: 'auth.user-registered.v1' }]);
  });

  // Mutant: the door is closed at registration by password alone.
  it('opens no account while sign-ups are closed, and lets in who has one', async () => {
    await signIn('early@gmail.com').then((answer) => expect(answer.status).toBe(200));
    await closeSignups(auth, async () => {
      const refused = await signIn('late@gmail.com');
      expect(refused.status).toBe(403);
      expect(refused.body).toMatchObject({ code: 'auth.signups-closed' });
      expect((await signIn('early@gmail.com')).status).toBe(200);
    });
    expect((await signIn('late@gmail.com')).status).toBe(200);
  });

  it('works through an address of the allow-list and no other', async () => {
    const begun = await start({ redirectUri: app });
    const back = await consent(begun, 'allowed@gmail.com');
    await finish(back.get('code') ?? '', begun.codeVerifier).expect(401);
    const again = await start({ redirectUri: app });
    const code = (await consent(again, 'allowed@gmail.com')).get('code') ?? '';
    await finish(code, again.codeVerifier, app).expect(200);
    for (const redirectUri of [
      'https://evil.test/',
      `${app}/more`,
      `${publicUrl}/console/../x`,
      'javascript:alert(1)',
    ])
      await request(auth.http).post('/api/auth/google/start').send({ redirectUri }).expect(400);
  });

  // Mutant: an exchange without PKCE, so that a code caught on the way opens the account.
  it('is finished only by who began it, and once', async () => {
    const victim = await start();
    const attacker = await start();
    const code = (await consent(victim, 'careful@gmail.com')).get('code') ?? '';
    expect((await finish(code, attacker.codeVerifier).expect(401)).body).toMatchObject({
      code: 'auth.google-refused',
    });
    const begun = await start();
    const good = (await consent(begun, 'careful@gmail.com')).get('code') ?? '';
    await finish(good, begun.codeVerifier).expect(200);
    await finish(good, begun.codeVerifier).expect(401);
    await finish('made up', begun.codeVerifier).expect(401);
  });

  it('links an account whose address was verified, and keeps its password', async () => {
    const user = await auth.register({ email: 'linked@gmail.com' });
    await auth.sql('update users set email_verified_at = now() where id = $1', [user.id]);
    const { body } = await signIn('linked@gmail.com');
    expect(body.user).toMatchObject({ id: user.id });
    await request(auth.http)
      .post('/api/auth/login')
      .send({ email: user.email, password: user.password })
      .expect(200);
  });

  // Mutant: linking without eviction: who registered the address first keeps a way in.
  it('throws out whoever opened an account with an address that was never theirs', async () => {
    const squatter = await auth.register({ email: 'squatted@gmail.com' });
    const { body } = await signIn('squatted@gmail.com');
    expect(body.user).toMatchObject({ id: squatter.id, emailVerified: true });
    await request(auth.http)
      .get('/api/users/me')
      .auth(squatter.tokens.accessToken, { type: 'bearer' })
      .expect(401);
    const { refreshToken } = squatter.tokens;
    await request(auth.http).post('/api/auth/refresh').send({ refreshToken }).expect(401);
    await request(auth.http)
      .post('/api/auth/login')
      .send({ email: squatter.email, password: squatter.password })
      .expect(401);
  });

  it('links nothing on the word of a Google account whose mailbox Google does not run', async () => {
    const user = await auth.register({ email: 'someone@elsewhere.example' });
    expect((await signIn('someone@elsewhere.example')).body).toMatchObject({
      code: 'auth.google-not-linked',
    });
    await request(auth.http)
      .get('/api/users/me')
      .auth(user.tokens.accessToken, { type: 'bearer' })
      .expect(200);
  });

  it('stops at a suspended account', async () => {
    const { body } = await signIn('banned@gmail.com');
    await auth.sql(`update users set status = 'suspended' where id = $1`, [body.user.id]);
    expect((await signIn('banned@gmail.com')).status).toBe(403);
  });

  it('says that Google is out, and may work later', async () => {
    const away = await startAuthApp({ GOOGLE_OAUTH_BASE_URL: 'http://127.0.0.1:9' });
    try {
      const answer = await request(away.http)
        .post('/api/auth/google/finish')
        .send({ code: 'x', codeVerifier: 'y' })
        .expect(503);
      expect(answer.body).toMatchObject({ code: 'auth.google-unavailable' });
    } finally {
      await away.close();
    }
  });
});
