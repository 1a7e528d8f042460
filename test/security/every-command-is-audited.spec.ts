import { randomUUID } from 'node:crypto';
import { CommandBus } from '@nestjs/cqrs';
import { follow, sync } from '../../sandbox/demo/journey';
import { CreateRule } from '../../src/gmail/rules/manage-rules.handler';
import { startTestApp, type TestApp } from '../support/app';
import { arrangeReader, type Reader } from '../support/reader';
import { auditedBy, commandsIn, handledCommands, leavesRow, source, upkeep } from './audited-commands';

describe('every command', () => {
  const commands = handledCommands();
  const named = new Map(commands.map((command) => [command.name, command]));

  // Mutants: `audit.record` taken out of one of the three handlers of rules; a new handler that thinks of no audit.
  it('leaves a row in the audit log, by itself or by a collaborator, or is upkeep with a reason', () => {
    const silent = commands
      .filter(({ name, text }) => !leavesRow(text) && !(name in auditedBy) && !(name in upkeep))
      .map(({ name, file }) => `${name} in ${file}`);
    expect(silent).toEqual([]);
    expect(commands.length).toBeGreaterThan(80);
  });

  it.each(Object.entries(auditedBy))(
    '%s reaches the collaborator that leaves its row',
    (name, [file, call]) => {
      expect(named.get(name)?.text).toContain(call);
      expect(leavesRow(source(file))).toBe(true);
    },
  );

  it('stands in at most one list, exists, and leaves no row of its own if it does', () => {
    const listed = [...Object.keys(auditedBy), ...Object.keys(upkeep)];
    expect(new Set(listed).size).toBe(listed.length);
    expect(listed.filter((name) => !named.has(name))).toEqual([]);
    expect(listed.filter((name) => leavesRow(named.get(name)?.text ?? ''))).toEqual([]);
  });

  it('is read class by class: what a neighbour in the file records does not count', () => {
    const text = [
      '@CommandHandler(One)\nexport class OneHandler {\n  run() {}\n}',
      '@CommandHandler(Two)\nexport class TwoHandler {\n  run() { this.audit.record({}); }\n}\n',
    ].join('\n\n');
    expect(commandsIn('x.ts', text).map(({ name, text: part }) => [name, leavesRow(part)])).toEqual([
      ['One', false],
      ['Two', true],
    ]);
  });
});

/** What the calls of this spec answer, each of them some of it. */
interface Made {
  id: string;
  paymentId: string;
  runs: { runId: string }[];
}

interface Row {
  action: string;
  kind: string;
  actor: string;
  owner: string;
  type: string;
  target: string;
  address: string | null;
  changes: Record<string, unknown>;
}

describe('what a person orders', () => {
  let product: TestApp;
  let reader: Reader;
  let token: string;
  let connectionId: string;
  let summaryId: string;
  beforeAll(async () => {
    product = await startTestApp();
    reader = await arrangeReader(product, 1);
    await follow(reader.api, await sync(reader.api), () => undefined);
    const { tokens } = await reader.api.post<{ tokens: { accessToken: string } }>('/api/auth/login', {
      email: reader.email,
      password: 'correct-horse-battery-staple',
    });
    token = tokens.accessToken;
    const [summary] = await product.sql<{ id: string; box: string }>(
      'select id, connection_id as box from email_summaries where user_id = $1',
      [reader.userId],
    );
    if (!summary) throw new Error('The mail was not summarised');
    [summaryId, connectionId] = [summary.id, summary.box];
  });
  afterAll(() => product.close());

  /** Makes a call; answers its body and the rows that bear its request id. */
  async function call(method: string, path: string, body?: object): Promise<{ body: Made; rows: Row[] }> {
    const answer = await fetch(`${product.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'idempotency-key': randomUUID(),
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
    const rows = await product.sql<Row>(
      `select action, actor_kind as kind, actor_id as actor, user_id as owner, target_type as type, target_id as target,
         ip_address as address, changes from audit_logs where request_id = $1 and actor_kind <> 'system'`,
      [answer.headers.get('x-request-id')],
    );
    return { body: (text === '' ? undefined : JSON.parse(text)) as Made, rows };
  }
  const row = (action: string, type: string, target: string, changes: object) => ({
    action,
    kind: 'user',
    actor: reader.userId,
    owner: reader.userId,
    type,
    target,
    address: expect.stringMatching(/127\.0\.0\.1|::1/) as string,
    changes,
  });
  const rule = {
    name: 'canary',
    kind: 'archive',
    categories: [],
    urgencies: [],
    senders: [],
    lists: ['news.example.org'],
  } as const;

  // Mutant: the row written twice, or without the call that it belongs to.
  it('leaves exactly one row, with actor, target, call and address: a purchase', async () => {
    const { body, rows } = await call('POST', '/api/billing/purchase', {
      packageId: 'starter',
    });
    const changes = { packageId: 'starter', credits: 100, amountMinor: 500, currency: 'eur' };
    expect(rows).toEqual([row('billing.purchase-begun', 'payment', body.paymentId, changes)]);
  });

  it('a rule, made, turned off and forgotten, whose words stay out', async () => {
    const made = await call('POST', '/api/email/rules', rule);
    const { id } = made.body;
    expect(made.rows).toEqual([row('gmail.rule-created', 'rule', id, { kind: 'archive' })]);
    const off = await call('PATCH', `/api/email/rules/${id}`, { enabled: false });
    expect(off.rows).toEqual([row('gmail.rule-disabled', 'rule', id, {})]);
    const gone = await call('DELETE', `/api/email/rules/${id}`);
    expect(gone.rows).toEqual([row('gmail.rule-deleted', 'rule', id, {})]);
  });

  it('feedback, without what was written', async () => {
    const path = `/api/email/summaries/${summaryId}`;
    const given = await call('POST', `${path}/feedback`, { useful: false, comment: 'canary' });
    expect(given.rows).toEqual([
      row('email.feedback-given', 'summary', summaryId, { useful: false, reason: null }),
    ]);
  });

  it('a sync, a pause and a farewell', async () => {
    const synced = await call('POST', '/api/gmail/sync', { connectionId });
    const runs = synced.body.runs.map(({ runId }) => runId);
    expect(synced.rows).toEqual([row('jobs.sync-started', 'gmail-connection', connectionId, { runs })]);
    const path = `/api/gmail/connections/${connectionId}`;
    const paused = await call('PATCH', path, { paused: true });
    expect(paused.rows).toEqual([
      row('gmail.connection-configured', 'gmail-connection', connectionId, { paused: true }),
    ]);
    const gone = await call('DELETE', path);
    expect(gone.rows).toEqual([
      row('gmail.disconnected', 'gmail-connection', connectionId, { from: 'paused' }),
    ]);
  });

  // Mutant: the row written ahead of the transaction, or in one of its own.
  it('leaves none when its transaction cannot commit', async () => {
    await product.sql(`create function refuse_to_commit() returns trigger language plpgsql as
      $$ begin raise exception 'refused at the commit'; end $$`);
    await product.sql(`create constraint trigger refused after insert on email_rules deferrable initially deferred
      for each row execute function refuse_to_commit()`);
    const made = () =>
      product.sql(`select from audit_logs where user_id = $1 and action = 'gmail.rule-created'`, [
        reader.userId,
      ]);
    const before = (await made()).length;
    const order = new CreateRule(reader.userId, {
      ...rule,
      categories: [],
      urgencies: [],
      senders: [],
      lists: ['a'],
    });
    await expect(product.app.get(CommandBus).execute(order)).rejects.toThrow();
    expect((await made()).length).toBe(before);
    expect(await product.sql('select from email_rules where user_id = $1', [reader.userId])).toEqual([]);
  });
});
