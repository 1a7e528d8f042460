import request from 'supertest';
import { totpAt, totpStep } from '../../../src/auth/domain/totp';
import { type AuthApp, type Registered, startAuthApp } from './auth-app';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** As an authenticator app reads a secret. */
function fromBase32(text: string): Buffer {
  const bits = Array.from(text, (sign) => alphabet.indexOf(sign).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}

describe('the second factor', () => {
  let auth: AuthApp;
  let user: Registered;
  let secret: Buffer;
  beforeAll(async () => {
    auth = await startAuthApp();
  });
  afterAll(() => auth.close());
  beforeEach(async () => {
    user = await auth.register();
  });

  const as = (path: string, body?: object) =>
    request(auth.http).post(`/api/auth/${path}`).auth(user.tokens.accessToken, { type: 'bearer' }).send(body);
  const login = (code?: string) =>
    request(auth.http).post('/api/auth/login').send({ email: user.email, password: user.password, code });
  /** The app's code now; every use asks for a later step, since each code is good once. */
  const code = (offset = 0) => totpAt(secret, totpStep() + offset);
  const forgetSteps = () => auth.sql('update second_factors set last_step = 0 where user_id = $1', [user.id]);
  const enable = async (): Promise<string[]> => {
    const { body } = await as('second-factor').expect(201);
    secret = fromBase32(body.secret as string);
    const confirmed = await as('second-factor/confirm', { code: code() }).expect(200);
    await forgetSteps();
    return confirmed.body.recoveryCodes as string[];
  };

  it('is asked for at sign-in once a first code has confirmed it, and only then', async () => {
    const { body } = await as('second-factor').expect(201);
    secret = fromBase32(body.secret as string);
    expect(body.uri).toContain(`secret=${body.secret}`);
    await login().expect(200);
    await as('second-factor/confirm', { code: '000000' }).expect(401);
    await login().expect(200);
    await as('second-factor/confirm', { code: code() }).expect(200);
    expect((await login().expect(401)).body).toMatchObject({ code: 'auth.second-factor-required' });
    expect((await login('000000').expect(401)).body).toMatchObject({ code: 'auth.wrong-code' });
    await login(code(1)).expect(200);
    const me = await request(auth.http)
      .get('/api/users/me')
      .auth(user.tokens.accessToken, { type: 'bearer' });
    expect(me.body).toMatchObject({ secondFactor: true });
  });

  it('is not asked for before the password is right', async () => {
    await enable();
    const answer = await request(auth.http)
      .post('/api/auth/login')
      .send({ email: user.email, password: 'not the passphrase', code: code() })
      .expect(401);
    expect(answer.body).toMatchObject({ code: 'auth.invalid-credentials' });
  });

  // Mutant: a code that is matched but not used up.
  it('takes each code once, even in parallel', async () => {
    await enable();
    const answers = await Promise.all(Array.from({ length: 4 }, () => login(code())));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    await login(code(-1)).expect(401);
  });

  it('takes each recovery code once, however it is typed', async () => {
    const codes = await enable();
    expect(codes).toHaveLength(10);
    expect(codes[0]).toMatch(/^(?:[A-Z2-7]{4}-){3}[A-Z2-7]{4}$/);
    await login(codes[0]?.toLowerCase().replaceAll('-', ' ')).expect(200);
    await login(codes[0]).expect(401);
    await login(codes[1]).expect(200);
  });

  it('slows guessing down', async () => {
    await enable();
    for (let i = 0; i < 5; i++) await login('000000').expect(401);
    await login(code()).expect(429);
  });

  it('renews its recovery codes for a code of the app', async () => {
    const [old = ''] = await enable();
    const { body } = await as('second-factor/recovery-codes', { code: code() }).expect(200);
    await login(old).expect(401);
    await login((body.recoveryCodes as string[])[0]).expect(200);
  });

  it('goes off only for who has the password and a code', async () => {
    await enable();
    await as('second-factor/disable', { password: 'not the passphrase', code: code() }).expect(403);
    await as('second-factor/disable', { password: user.password, code: '000000' }).expect(401);
    await login().expect(401);
    await as('second-factor/disable', { password: user.password, code: code() }).expect(204);
    await login().expect(200);
  });

  it('cannot be replaced while it is on, nor begun without a recent proof of identity', async () => {
    await enable();
    await as('second-factor').expect(409);
    await as('second-factor/confirm', { code: code() }).expect(409);
    await auth.sql(
      `update user_sessions set authenticated_at = now() - interval '11 minutes' where user_id = $1`,
      [user.id],
    );
    await as('second-factor').expect(403);
  });

  // Mutant: a secret in the clear, or one that opens in another user's row.
  it('stores its secret encrypted for its user alone', async () => {
    await enable();
    const [row] = await auth.sql<{ secret: Buffer }>('select secret from second_factors where user_id = $1', [
      user.id,
    ]);
    expect(row?.secret.includes(secret)).toBe(false);
    const victim = user;
    user = await auth.register();
    const mine = await enable();
    await auth.sql('update second_factors set secret = $2 where user_id = $1', [
      victim.id,
      await secretOf(user.id),
    ]);
    user = victim;
    await login(totpAt(secret, totpStep())).expect(500);
    expect(mine).toHaveLength(10);
  });

  const secretOf = async (id: string) =>
    (await auth.sql<{ secret: Buffer }>('select secret from second_factors where user_id = $1', [id]))[0]
      ?.secret;
});
