import { createHmac, generateKeyPairSync, sign as signWith } from 'node:crypto';
import request from 'supertest';
import { type AuthApp, publicUrl, type Registered, signingKeys, startAuthApp } from './auth-app';

const secretOf = (entry: string) => entry.slice(entry.indexOf(':') + 1);
const [newKey = '', oldKey = ''] = signingKeys.map(secretOf);
const goodHeader = { alg: 'HS256', typ: 'at+jwt', kid: 'k2' };
const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const now = () => Math.floor(Date.now() / 1000);

describe('access tokens', () => {
  let auth: AuthApp;
  let user: Registered;
  let sessionId: string;
  beforeAll(async () => {
    auth = await startAuthApp();
    user = await auth.register();
    const [session] = await auth.sql<{ id: string }>('select id from user_sessions where user_id = $1', [
      user.id,
    ]);
    sessionId = session?.id ?? '';
  });
  afterAll(() => auth.close());

  const goodClaims = () => ({
    iss: publicUrl,
    aud: 'inbrief-api',
    sub: user.id,
    sid: sessionId,
    iat: now(),
    exp: now() + 60,
  });
  const sign = (claims: object, header: object = goodHeader, secret = newKey) => {
    const text = `${encode(header)}.${encode(claims)}`;
    const digest = 'alg' in header && header.alg === 'HS512' ? 'sha512' : 'sha256';
    return `${text}.${createHmac(digest, secret).update(text).digest('base64url')}`;
  };
  const statusFor = async (token: string) =>
    (await request(auth.http).get('/api/users/me').auth(token, { type: 'bearer' })).status;

  it('of our own making are let in', async () => {
    expect(await statusFor(sign(goodClaims()))).toBe(200);
  });

  it('signed by the key before this one are let in until it leaves the ring', async () => {
    expect(await statusFor(sign(goodClaims(), { ...goodHeader, kid: 'k1' }, oldKey))).toBe(200);
  });

  describe('are refused when they', () => {
    const without = (claim: string) => () => sign({ ...goodClaims(), [claim]: undefined });
    const withClaims = (claims: object) => () => sign({ ...goodClaims(), ...claims });
    const withHeader = (header: object) => () => sign(goodClaims(), { ...goodHeader, ...header });
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const signRs256 = (header: object) => {
      const text = `${encode(header)}.${encode(goodClaims())}`;
      return `${text}.${signWith('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
    };
    const publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();

    const attacks: [what: string, forge: () => Promise<string> | string][] = [
      [
        'carry no signature (alg none)',
        () => `${encode({ ...goodHeader, alg: 'none' })}.${encode(goodClaims())}.`,
      ],
      ['spell none differently', () => `${encode({ ...goodHeader, alg: 'nOnE' })}.${encode(goodClaims())}.`],
      ['have their signature cut off', () => sign(goodClaims()).replace(/[^.]+$/, '')],
      [
        'have another algorithm of the same family',
        () => sign(goodClaims(), { ...goodHeader, alg: 'HS512' }, newKey.repeat(2)),
      ],
      ['are signed with a private key of their own', () => signRs256({ ...goodHeader, alg: 'RS256' })],
      ['use a public key as the secret', () => sign(goodClaims(), goodHeader, publicPem)],
      [
        'are signed with another secret',
        () => sign(goodClaims(), goodHeader, 'a secret of somebody else, long enough'),
      ],
      ['name a key that does not exist', withHeader({ kid: 'k0' })],
      ['name a key by path', withHeader({ kid: '../../dev/null' })],
      ['name a key with SQL', withHeader({ kid: `k2' or '1'='1` })],
      ['name a property of every object as key', withHeader({ kid: '__proto__' })],
      ['name no key', withHeader({ kid: undefined })],
      [
        'name one key and are signed by the other',
        () => sign(goodClaims(), { ...goodHeader, kid: 'k1' }, newKey),
      ],
      [
        'bring their own key along (jwk)',
        () => signRs256({ ...goodHeader, alg: 'RS256', jwk: publicKey.export({ format: 'jwk' }) }),
      ],
      [
        'say where to fetch a key (jku)',
        () =>
          sign(
            goodClaims(),
            { ...goodHeader, jku: 'http://evil.test/keys' },
            'a secret of somebody else, long enough',
          ),
      ],
      ['are of another type', withHeader({ typ: 'JWT' })],
      ['name no type', withHeader({ typ: undefined })],
      ['demand an extension we do not know (crit)', withHeader({ crit: ['b64'], b64: true })],
      ['come from another issuer', withClaims({ iss: 'http://evil.test' })],
      ['name no issuer', without('iss')],
      ['are meant for somebody else', withClaims({ aud: 'another-api' })],
      ['are meant for nobody', without('aud')],
      ['have expired', withClaims({ exp: now() - 1 })],
      ['never expire', without('exp')],
      ['expire at a word', withClaims({ exp: 'tomorrow' })],
      ['are not valid yet', withClaims({ nbf: now() + 60 })],
      ['have no subject', without('sub')],
      ['have no session', without('sid')],
      ['name a session that does not exist', withClaims({ sid: '0190f5a2-7c1e-7d3a-9a55-1f2e3d4c5b6a' })],
      ['name no id as session', withClaims({ sid: `' or true --` })],
      [
        'join one user with the session of another',
        async () => {
          const other = await auth.register();
          return sign({ ...goodClaims(), sub: other.id });
        },
      ],
      ['are no token at all', () => 'not.a.token'],
      ['have a header that is no object', () => `${Buffer.from('"x"').toString('base64url')}.e30.e30`],
    ];

    // Mutants, one for each row: a check left out, a key taken from the token, an algorithm taken from the token.
    it.each(attacks)('%s', async (_what, forge) => {
      expect(await statusFor(await forge())).toBe(401);
    });

    it('come with another scheme or in another place', async () => {
      const token = sign(goodClaims());
      const get = () => request(auth.http).get('/api/users/me');
      await get().set('authorization', token).expect(401);
      await get().set('authorization', `Basic ${token}`).expect(401);
      await get().query({ access_token: token }).expect(401);
      await get().expect(401).expect('www-authenticate', 'Bearer');
    });
  });

  it('of a key that left the ring no longer open anything', async () => {
    const rotated = await startAuthApp({ JWT_KEYS: 'k3:the-newest-signing-secret-of-them-all!' });
    try {
      const answer = await request(rotated.http)
        .get('/api/users/me')
        .auth(user.tokens.accessToken, { type: 'bearer' });
      expect(answer.status).toBe(401);
      // Two applications in one process keep their own keys.
      expect(await statusFor(user.tokens.accessToken)).toBe(200);
    } finally {
      await rotated.close();
    }
  });
});
