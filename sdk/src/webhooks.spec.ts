import { Webhook } from 'standardwebhooks';
import { verifyWebhook } from './webhooks';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const other = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
const payload = JSON.stringify({ id: 'msg_1', type: 'credits.low', timestamp: 't', data: { available: 3 } });
const now = Date.UTC(2026, 10, 25);

/** As the library that Standard Webhooks publishes would send it. */
function sent(changes: Record<string, string> = {}) {
  const signature = new Webhook(secret).sign('msg_1', new Date(now), payload);
  return {
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(now / 1_000),
    'webhook-signature': signature,
    ...changes,
  };
}
const refused = expect.objectContaining({ code: 'sdk.webhook-refused' }) as object;

describe('verifyWebhook', () => {
  it.each([
    ['as Node has headers', payload, sent(), secret],
    ['as fetch has headers', payload, new Headers(sent()), secret],
    ['whatever the case of their names', payload, { 'Webhook-Id': 'msg_1', ...sent() }, secret],
    ['from bytes', Buffer.from(payload), sent(), secret],
    ['with either of two secrets', payload, sent(), [other, secret]],
    ['with a secret without its prefix', payload, sent(), secret.slice(6)],
  ])('gives the event of a webhook that was signed, %s', async (_how, body, headers, secrets) => {
    const event = await verifyWebhook(body, headers, secrets, { now });
    expect(event).toEqual(JSON.parse(payload));
  });

  it('knows its signature among several', async () => {
    const { 'webhook-signature': ours } = sent();
    const headers = sent({ 'webhook-signature': `v1a,xyz v1,${'A'.repeat(43)}= v1,% ${ours}` });
    await expect(verifyWebhook(payload, headers, secret, { now })).resolves.toMatchObject({ id: 'msg_1' });
  });

  // Mutants: a part that is not signed; a signature that is not looked at; a version that is not looked at.
  it.each([
    ['another body', `${payload} `, sent(), secret],
    ['another id', payload, sent({ 'webhook-id': 'msg_2' }), secret],
    ['another time', payload, sent({ 'webhook-timestamp': String(now / 1_000 + 1) }), secret],
    ['another secret', payload, sent(), other],
    ['no secret', payload, sent(), ''],
    ['a cut signature', payload, sent({ 'webhook-signature': 'v1,' }), secret],
    [
      'an unknown version',
      payload,
      sent({ 'webhook-signature': sent()['webhook-signature'].replace('v1,', 'v2,') }),
      secret,
    ],
    ['no signature', payload, sent({ 'webhook-signature': '' }), secret],
    ['a time that is none', payload, sent({ 'webhook-timestamp': 'now' }), secret],
  ])('refuses %s', async (_what, body, headers, secrets) => {
    await expect(verifyWebhook(body, headers, secrets, { now })).rejects.toEqual(refused);
  });

  // Mutant: no look at the time, so that whoever recorded a webhook may play it again.
  it.each([-301_000, 301_000])(
    'refuses one that is %i ms off, and takes what is within five minutes',
    async (off) => {
      await expect(verifyWebhook(payload, sent(), secret, { now: now + off })).rejects.toEqual(refused);
      const within = { now: now + off - Math.sign(off) * 2_000 };
      await expect(verifyWebhook(payload, sent(), secret, within)).resolves.toBeDefined();
      await expect(verifyWebhook(payload, sent(), secret)).rejects.toEqual(refused);
    },
  );
});
