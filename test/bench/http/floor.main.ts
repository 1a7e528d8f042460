import { createHash } from 'node:crypto';
import Fastify, { type FastifyRequest } from 'fastify';
import { Pool, type QueryResult } from 'pg';
import { answerPlans } from '../program';
import { balanceBody, dashboardBody, summariesBody } from './answers';
import { type RivalPlan, signIn, tokenCheck } from './rival';
import * as sql from './statements';

type Row = Record<string, unknown>;
type Statement = [text: string, values: unknown[]];

/** The floor: what a server costs that does the same for its callers, written by hand for these routes and nothing else. */
answerPlans(async (plan: RivalPlan): Promise<string> => {
  const pool = new Pool({ connectionString: plan.databaseUrl, max: plan.poolSize, pipeline: true });
  const names = new Map<string, string>();
  const named = ([text, values]: Statement) => {
    const name = names.get(text) ?? createHash('sha1').update(text).digest('hex').slice(0, 24);
    names.set(text, name);
    return { name, text, values };
  };
  /** All of it in one round trip, under row level security. */
  const under = async (role: string, user: string, statements: Statement[]): Promise<Row[][]> => {
    const client = await pool.connect();
    try {
      const [, , ...results] = await Promise.all([
        client.query('begin'),
        client.query(named([sql.enterIdentity, [role, user]])),
        ...statements.map((statement) => client.query<Row>(named(statement))),
        client.query('commit'),
      ]);
      return (results as QueryResult<Row>[]).slice(0, statements.length).map(({ rows }) => rows);
    } finally {
      client.release();
    }
  };
  const check = tokenCheck(plan);
  const caller = async ({ headers }: FastifyRequest): Promise<string> => {
    const claims = check(headers.authorization);
    if (!claims) throw Object.assign(new Error('unauthenticated'), { statusCode: 401 });
    const [rows] = await under('inbrief_service', '', [[sql.session, [claims.sid, claims.sub]]]);
    if (!rows?.[0]) throw Object.assign(new Error('unauthenticated'), { statusCode: 401 });
    return claims.sub;
  };
  const asUser = (user: string, ...statements: Statement[]) => under('inbrief_user', user, statements);

  const app = Fastify();
  app.get('/health/live', () => ({ status: 'ok' }));
  app.get('/api/billing/balance', async (request) => {
    const user = await caller(request);
    const [rows] = await asUser(user, [sql.balance, [user]]);
    return balanceBody(rows?.[0]);
  });
  app.get('/api/email/summaries', async (request) => {
    const user = await caller(request);
    const limit = Number((request.query as { limit?: string }).limit ?? 50);
    const [rows = []] = await asUser(user, [sql.summaries, [user, limit + 1]]);
    return summariesBody(rows, limit);
  });
  app.get('/api/dashboard', async (request) => {
    const user = await caller(request);
    const [balance, connections = [], overview] = await asUser(
      user,
      [sql.balance, [user]],
      [sql.connections, [user]],
      [sql.overview, [user]],
    );
    return dashboardBody(balance?.[0], connections, overview?.[0]);
  });
  app.post('/api/auth/login', async (request, reply) => {
    const asService = (statements: Statement[]) => under('inbrief_service', '', statements);
    const body = await signIn(plan, asService, request.body as { email: string; password: string });
    return body ?? reply.code(401).send({ code: 'auth.invalid-credentials' });
  });
  return app.listen({ host: '127.0.0.1', port: 0 });
});
