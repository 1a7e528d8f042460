import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { Api } from '../../../sandbox/demo/api';
import { register } from '../../../sandbox/demo/journey';
import { enterIdentity } from '../../support/identity';
import { startTestApp, type TestApp } from '../../support/app';
import { connectMailbox, storeSummaries, type SummaryRow } from './summary-rows';

interface Shown {
  id: string;
  headline: string;
  feedback: { useful: boolean; reason: string | null; comment: string | null } | null;
  highlights?: { field: string; parts: { text: string; found: boolean }[] }[];
}
interface Page {
  data: Shown[];
  nextCursor: string | null;
}

const stored: SummaryRow[] = [
  { headline: 'Invoice 118 is due', summary: 'Acme asks for 40 EUR.', category: 'finance', urgency: 'high' },
  {
    headline: 'Lunch on Friday',
    sender: 'Ada <ada_l@example.com>',
    category: 'personal',
    labels: ['UNREAD'],
  },
  {
    headline: 'Weekly news',
    summary: 'Among others, invoices of 2025 are archived.',
    category: 'newsletter',
  },
  {
    headline: 'Grüße aus Köln',
    summary: 'Übermorgen kommt die Rechnung.',
    receivedAt: '2026-11-18T23:30:00Z',
  },
  { headline: 'Contract', keyPoints: ['Reference ZX-81'], sender: 'adaXl@example.com', urgency: 'critical' },
];

describe('what a user reads', () => {
  let product: TestApp;
  let api: Api;
  let ids: string[];
  let second: string;
  beforeAll(async () => {
    product = await startTestApp({ worker: false });
    const arrange = async (email: string) => {
      const caller = new Api(product.url);
      await register(caller, { email, password: 'correct-horse-battery-staple' });
      const [user] = await product.sql<{ id: string }>('select id from users where email = $1', [email]);
      return { caller, userId: user?.id ?? '' };
    };
    const ada = await arrange('ada@example.com');
    api = ada.caller;
    ids = await storeSummaries(product, ada.userId, await connectMailbox(product, ada.userId), stored);
    second = await connectMailbox(product, ada.userId);
    ids.push(...(await storeSummaries(product, ada.userId, second, [{ headline: 'Other mailbox' }])));
    const { userId } = await arrange('ben@example.com');
    await storeSummaries(product, userId, await connectMailbox(product, userId), stored);
  });
  afterAll(() => product.close());

  const list = (query: Record<string, string>) =>
    api.get<Page>(`/api/email/summaries?${new URLSearchParams(query).toString()}`);
  const headlines = async (query: Record<string, string>) =>
    (await list(query)).data.map(({ headline }) => headline);

  it.each<[Record<string, string>, string[]]>([
    [{ category: 'personal' }, ['Lunch on Friday']],
    [{ urgency: 'critical' }, ['Contract']],
    [{ unread: 'true' }, ['Lunch on Friday']],
    [{ unread: 'false', urgency: 'high' }, ['Invoice 118 is due']],
    // Mutant: a text taken as a pattern, in which `_` stands for any character.
    [{ sender: 'ADA_L' }, ['Lunch on Friday']],
    [{ to: '2026-11-19T00:00:00Z' }, ['Grüße aus Köln']],
    [{ from: '2026-11-20T10:00:00Z' }, ['Invoice 118 is due', 'Other mailbox']],
  ])('filters by %j', async (query, expected) => {
    expect((await headlines(query)).sort()).toEqual([...expected].sort());
  });

  it('filters by mailbox', async () => {
    expect(await headlines({ connectionId: second })).toEqual(['Other mailbox']);
    expect(await headlines({ connectionId: second, q: 'invoice' })).toEqual([]);
  });

  it.each<[string, Record<string, string>, string[]]>([
    ['the best match first', { q: 'invoice' }, ['Invoice 118 is due', 'Weekly news']],
    ['beginnings of words', { q: 'rechn' }, ['Grüße aus Köln']],
    ['key points', { q: 'zx-81' }, ['Contract']],
    ['senders', { q: 'ada' }, ['Contract', 'Lunch on Friday']],
    ['phrases', { q: '"invoices of 2025"' }, ['Weekly news']],
    ['absence', { q: 'invoice -weekly' }, ['Invoice 118 is due']],
    ['either', { q: 'contract or lunch' }, ['Contract', 'Lunch on Friday']],
    ['with filters', { q: 'invoice', category: 'newsletter' }, ['Weekly news']],
    [
      'with all filters',
      { q: 'lunch', unread: 'true', sender: 'ada', from: '2026-01-01' },
      ['Lunch on Friday'],
    ],
    ['nothing', { q: 'nowhere' }, []],
    ['signs alone', { q: "':* & !(" }, []],
  ])('searches: %s', async (promise, query, expected) => {
    const found = await headlines(query);
    expect(promise.includes('first') ? found : found.sort()).toEqual(expected);
  });

  it('shows where the words stand, as parts that join to the text', async () => {
    const [hit] = (await list({ q: 'invo' })).data;
    expect(hit?.highlights).toEqual([
      {
        field: 'headline',
        parts: [
          { text: 'Invoice', found: true },
          { text: ' 118 is due', found: false },
        ],
      },
    ]);
    expect((await list({})).data[0]).not.toHaveProperty('highlights');
  });

  it('pages through a search as through a list, each hit once', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Page = await list({ q: 'a', limit: '1', ...(cursor ? { cursor } : {}) });
      seen.push(...page.data.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen.length).toBeGreaterThan(3);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.sort()).toEqual((await list({ q: 'a' })).data.map(({ id }) => id).sort());
  });

  it.each([{ q: '' }, { from: 'yesterday' }, { unread: 'perhaps' }, { q: 'a', cursor: 'made-up' }])(
    'refuses %j',
    async (query) => {
      await expect(list(query as never)).rejects.toThrow('answered 400');
    },
  );

  // Mutant: the search under the tenant's policy, which forbids Postgres the word index.
  it.each([
    ['inbrief_service', true],
    ['inbrief_user', false],
  ])('as %s Postgres may use the word index: %s', async (role, mayUse) => {
    const owner = new Client({ connectionString: product.ownerUrl });
    await owner.connect();
    try {
      await owner.query('begin; set local enable_seqscan = off');
      await owner.query(enterIdentity, [role, uuidv7()]);
      const { rows } = await owner.query(
        `explain select id from email_summaries where search @@ 'invoice'::tsquery`,
      );
      expect(JSON.stringify(rows).includes('email_summaries_search')).toBe(mayUse);
    } finally {
      await owner.end();
    }
  });

  it('takes feedback, the last word counts, and nobody else judges', async () => {
    const [id = ''] = ids;
    const path = `/api/email/summaries/${id}/feedback`;
    await api.post(path, { useful: true });
    await api.post(path, { useful: false, reason: 'missed-action', comment: 'It asks me to pay.' });
    expect(await api.get<Shown>(`/api/email/summaries/${id}`)).toMatchObject({
      feedback: { useful: false, reason: 'missed-action', comment: 'It asks me to pay.' },
    });
    await expect(api.post(path, { useful: 'no' })).rejects.toThrow('answered 400');
    await expect(api.post(path, { useful: false, reason: 'mood' })).rejects.toThrow('answered 400');
    const [foreign] = await product.sql<{ id: string }>(
      'select id from email_summaries where id <> all($1)',
      [ids],
    );
    await expect(
      api.post(`/api/email/summaries/${foreign?.id ?? ''}/feedback`, { useful: true }),
    ).rejects.toThrow('email.summary-not-found');
  });

  it("puts a day on one page, in the reader's time zone", async () => {
    const [user] = await product.sql<{ id: string }>(`select id from users where email = 'ada@example.com'`);
    const at = (hour: string) => `2026-03-01T${hour}:00Z`;
    await storeSummaries(product, user?.id ?? '', second, [
      { receivedAt: at('10:00'), category: 'work', headline: 'Plain' },
      {
        receivedAt: at('09:00'),
        category: 'finance',
        urgency: 'critical',
        headline: 'Pay',
        actionItems: [{ task: 'Pay', dueDate: null }],
      },
      {
        receivedAt: at('11:00'),
        category: 'work',
        urgency: 'high',
        headline: 'Ask',
        actionItems: [{ task: 'Answer', dueDate: '2026-03-02' }],
      },
      { receivedAt: at('23:30'), category: 'work', headline: 'Late' },
    ]);
    const digest = await api.get<object>('/api/email/digest?day=2026-03-01');
    expect(digest).toMatchObject({
      day: '2026-03-01',
      mails: 4,
      tasks: [{ task: 'Answer' }, { task: 'Pay' }],
      groups: [
        { category: 'finance', mails: [{ headline: 'Pay' }] },
        { category: 'work', mails: [{ headline: 'Ask' }, { headline: 'Late' }, { headline: 'Plain' }] },
      ],
    });
    expect(await api.get('/api/email/digest?day=2026-03-02&timeZone=Europe/Berlin')).toMatchObject({
      mails: 1,
    });
    expect(await api.get('/api/email/digest?day=2026-03-03')).toMatchObject({
      mails: 0,
      tasks: [],
      groups: [],
    });
    await expect(api.get('/api/email/digest?day=2026-02-30')).rejects.toThrow('answered 400');
    await expect(api.get('/api/email/digest?day=2026-03-01&timeZone=Mars')).rejects.toThrow('answered 400');
  });
});
