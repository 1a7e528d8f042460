import { createHash, createHmac, createSecretKey, randomBytes, timingSafeEqual } from 'node:crypto';
import { verify } from '@node-rs/argon2';
import { v7 as uuidv7 } from 'uuid';
import { login } from './statements';

/** What a server that the API is held against is told at its start. */
export interface RivalPlan {
  databaseUrl: string;
  jwtKey: string;
  issuer: string;
  poolSize: number;
}

export interface Claims {
  sub: string;
  sid: string;
}

type Row = Record<string, unknown>;
/** Runs statements of the service role in one transaction; answers the rows of each. */
export type AsService = (statements: [text: string, values: unknown[]][]) => Promise<Row[][]>;

/** Checks a bearer token as the API does: signature, pinned algorithm and type, issuer, audience, expiry. */
export function tokenCheck({
  jwtKey,
  issuer,
}: RivalPlan): (header: string | undefined) => Claims | undefined {
  const key = createSecretKey(jwtKey, 'utf8');
  const part = (text: string): Row => JSON.parse(Buffer.from(text, 'base64url').toString()) as Row;
  return (header = '') => {
    const [head = '', body = '', signature = ''] = header.replace(/^Bearer /, '').split('.');
    const given = Buffer.from(signature, 'base64url');
    const right = createHmac('sha256', key).update(`${head}.${body}`).digest();
    if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
    const { alg, typ } = part(head);
    const { iss, aud, exp, sub, sid } = part(body);
    const isGood = alg === 'HS256' && typ === 'at+jwt' && iss === issuer && aud === 'inbrief-api';
    return isGood && Number(exp) > Date.now() / 1_000 ? { sub: String(sub), sid: String(sid) } : undefined;
  };
}

/** Signs in as the API does, statement by statement; answers the body, or undefined where the password is wrong. */
export async function signIn(
  plan: RivalPlan,
  asService: AsService,
  { email, password }: { email: string; password: string },
): Promise<Row | undefined> {
  const guess = createHash('sha256').update(`password:${email}`).digest();
  await asService([[login.countGuess, [guess]]]);
  const [[user] = []] = await asService([[login.account, [email]]]);
  if (!user || !(await verify(String(user.passwordHash), password))) return undefined;
  await asService([[login.forgetGuesses, [guess]]]);
  await asService([[login.secondFactor, [user.id]]]);
  const [sessionId, refresh] = [uuidv7(), randomBytes(32).toString('base64url')];
  await asService([
    [login.openSession, [sessionId, user.id, 'bench', '127.0.0.1']],
    [login.addToken, [createHash('sha256').update(refresh).digest(), sessionId, user.id]],
    [login.audit, [uuidv7(), user.id, sessionId, uuidv7()]],
  ]);
  const { passwordHash: _hash, status: _status, ...account } = user;
  return {
    user: account,
    tokens: { accessToken: sign(plan, String(user.id), sessionId), refreshToken: refresh },
  };
}

function sign({ jwtKey, issuer }: RivalPlan, sub: string, sid: string): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const exp = Math.floor(Date.now() / 1_000) + 900;
  const text = `${part({ alg: 'HS256', typ: 'at+jwt' })}.${part({ sub, sid, exp, iss: issuer, aud: 'inbrief-api' })}`;
  return `${text}.${createHmac('sha256', jwtKey).update(text).digest('base64url')}`;
}
