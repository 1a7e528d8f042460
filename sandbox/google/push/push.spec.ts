import Fastify, { type FastifyInstance } from 'fastify';
import { GmailFixture, gmailFixture, mail } from '../gmail/gmail-fixture';
import { gmailScopes } from '../oauth/scopes';
import { oauthClient } from '../sdk-clients';
import type { PushSettings } from './push-settings';

interface Delivery {
  bearer: string;
  envelope: { subscription: string; message: { data: string; messageId: string; publishTime: string } };
  data: { emailAddress: string; historyId: number };
}

describe('Gmail push', () => {
  const fixture = gmailFixture({ now: () => Date.now() });
  let receiver: FastifyInstance;
  let endpoint: string;
  let deliveries: Delivery[];
  let statuses: number[];

  beforeAll(async () => {
    receiver = Fastify();
    receiver.post('/push', async (request, reply) => {
      const envelope = request.body as Delivery['envelope'];
      const data = JSON.parse(Buffer.from(envelope.message.data, 'base64').toString()) as Delivery['data'];
      deliveries.push({
        bearer: (request.headers.authorization ?? '').replace('Bearer ', ''),
        envelope,
        data,
      });
      await reply.code(statuses.shift() ?? 204).send();
    });
    endpoint = `${await receiver.listen({ host: '127.0.0.1', port: 0 })}/push`;
  });
  beforeEach(() => {
    deliveries = [];
    statuses = [];
    configure({ endpoint, retryDelayMs: 1 });
  });
  afterAll(() => receiver.close());

  const configure = (settings: Partial<PushSettings>): void => {
    const { pushes } = fixture.google;
    pushes.settings = { ...pushes.settings, ...settings };
  };
  const watch = (labelIds?: string[], labelFilterBehavior?: string) =>
    fixture.client(gmailScopes.readonly).users.watch({
      userId: 'me',
      requestBody: { topicName: 'projects/p/topics/gmail', labelIds, labelFilterBehavior },
    });
  const arrive = async (...labels: string[]) => {
    fixture.mailbox.add([{ raw: mail('a'), labels: labels.length > 0 ? labels : undefined }]);
    await fixture.google.pushes.idle();
  };
  const outcomes = () => fixture.google.pushes.snapshot().map(({ outcome, attempts }) => [outcome, attempts]);

  it('pushes a change with an envelope and a token that Google’s own library verifies', async () => {
    configure({ audience: 'https://app.example.com/push', serviceAccount: 'push@example.com' });
    const { data } = await watch();
    expect(Number(data.expiration) - Date.now()).toBeGreaterThan(6.9 * 86_400_000);
    await arrive();
    expect(deliveries).toHaveLength(1);
    const [delivery] = deliveries;
    expect(delivery!.data).toEqual({
      emailAddress: GmailFixture.email,
      historyId: fixture.mailbox.history.current,
    });
    expect(delivery!.envelope.subscription).toMatch(/^projects\/.+\/subscriptions\/.+$/);
    const client = oauthClient(fixture.emulator.url);
    const idToken = delivery!.bearer;
    const ticket = await client.verifyIdToken({ idToken, audience: 'https://app.example.com/push' });
    expect(ticket.getPayload()).toMatchObject({ email: 'push@example.com', email_verified: true });
    await expect(client.verifyIdToken({ idToken, audience: 'https://other.example.com' })).rejects.toThrow();
  });

  it('pushes nothing without a watch, after stop and after the watch has run out', async () => {
    await arrive();
    await watch();
    await fixture.client(gmailScopes.readonly).users.stop({ userId: 'me' });
    await arrive();
    await watch();
    fixture.google.clock.advance(7 * 86_400_000);
    await arrive();
    expect(deliveries).toEqual([]);
  });

  it('heeds the label filter', async () => {
    await watch(['INBOX']);
    await arrive('SENT');
    expect(deliveries).toHaveLength(0);
    await arrive('INBOX');
    expect(deliveries).toHaveLength(1);
    await watch(['INBOX'], 'exclude');
    await arrive('INBOX');
    expect(deliveries).toHaveLength(1);
    await arrive('SENT');
    expect(deliveries).toHaveLength(2);
  });

  it('pushes label changes and deletions too, and a bulk arrival once', async () => {
    await watch();
    const added = fixture.mailbox.add(Array.from({ length: 20 }, () => ({ raw: mail('a') })));
    fixture.mailbox.relabel(added, ['STARRED'], []);
    fixture.mailbox.relabel(added, ['STARRED'], []);
    fixture.mailbox.delete(added[0]!.id);
    await fixture.google.pushes.idle();
    expect(deliveries).toHaveLength(3);
  });

  it('tries again until it is taken, and gives up after its last attempt', async () => {
    configure({ maxAttempts: 3 });
    await watch();
    statuses = [500, 503];
    await arrive();
    expect(outcomes()).toEqual([['delivered', 3]]);
    expect(new Set(deliveries.map(({ envelope }) => envelope.message.messageId)).size).toBe(1);
    configure({ endpoint: 'http://127.0.0.1:1/closed' });
    await arrive();
    expect(outcomes()[1]).toEqual(['failed', 3]);
  });

  it('loses and doubles pushes on demand', async () => {
    await watch();
    fixture.google.pushes.force({ drop: 1, duplicate: 1 });
    await arrive();
    expect([deliveries.length, outcomes()]).toEqual([0, [['dropped', 0]]]);
    await arrive();
    expect(deliveries.map(({ envelope }) => envelope.message.messageId)).toEqual([
      deliveries[0]!.envelope.message.messageId,
      deliveries[0]!.envelope.message.messageId,
    ]);
    configure({ dropRate: 1 });
    await arrive();
    expect(deliveries).toHaveLength(2);
  });

  it('drops what comes faster than the given rate', async () => {
    configure({ minIntervalMs: 1_000 });
    await watch();
    await arrive();
    await arrive();
    fixture.google.clock.advance(1_000);
    await arrive();
    expect(outcomes().map(([outcome]) => outcome)).toEqual(['delivered', 'dropped', 'delivered']);
  });
});
