import { LLMock } from '@copilotkit/aimock';
import { Api } from '../../../sandbox/demo/api';
import { balanceOf, consent, follow, register, sync, until } from '../../../sandbox/demo/journey';
import { fillMailbox } from '../../../sandbox/demo/mailbox';
import { startTestApp, type TestApp } from '../../support/app';

const account = { email: 'ada@example.com', password: 'correct-horse-battery-staple' };
const mails = Array.from({ length: 5 }, (_, index) => ({
  raw: Buffer.from(
    `From: Bo <bo@example.org>\r\nSubject: Note ${index}\r\nMessage-ID: <${index}@example.org>\r\n\r\nPlease read note ${index}.\r\n`,
  ),
  internalDate: Date.parse('2026-11-20T10:00:00Z') - index * 60_000,
}));
const summary = {
  headline: 'A note to read',
  summary: 'Bo asks for a note to be read.',
  key_points: ['A note'],
  action_items: [{ task: 'Read the note', due_date: null }],
  category: 'personal',
  urgency: 'normal',
  people: [{ name: 'Bo', role: 'sender' }],
  language: 'en',
  confidence: 1,
};

// Nobody of ours wrote this emulator: what we believe of the wire and it does not, shows here.
describe('the whole flow against an emulator of Anthropic that is not ours', () => {
  let model: LLMock;
  let product: TestApp;
  beforeAll(async () => {
    model = new LLMock({ port: 0, host: '127.0.0.1' });
    model.on({ userMessage: /Summarise the mail between the markers/ }, { content: JSON.stringify(summary) });
    await model.start();
    product = await startTestApp({ env: { ANTHROPIC_BASE_URL: model.url } });
  });
  afterAll(async () => {
    await product.close();
    await model.stop();
  });

  it('ends in a summary and a credit for each mail, with the base URL alone changed', async () => {
    const api = new Api(product.url);
    await fillMailbox(product.google.url, account.email, mails);
    await consent(await register(api, account), account.email, product.url);
    await until(async () => (await balanceOf(api)).granted >= mails.length, 'the welcome credits');
    const run = await follow(api, await sync(api), () => undefined);
    expect(run.mails.done).toBe(mails.length);
    await until(async () => (await balanceOf(api)).held === 0, 'the captures');
    expect((await balanceOf(api)).captured).toBe(mails.length);
    const { data } = await api.get<{ data: { headline: string }[] }>('/api/email/summaries');
    expect(data.map(({ headline }) => headline)).toEqual(mails.map(() => summary.headline));
    expect(await product.sql('select * from ledger_violations')).toEqual([]);
    const asked = model.getRequests().filter(({ path }) => path.startsWith('/v1/messages'));
    expect(asked).toHaveLength(mails.length);
  });
});
