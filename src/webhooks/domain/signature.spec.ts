import { Webhook } from 'standardwebhooks';
import { createSecret, signedHeaders } from './signature';

const payload = JSON.stringify({ id: 'msg_1', type: 'run.finished', data: { text: 'Zoë ✓' } });
/** One instant for all: what is signed and what is sent differ by what a test changes, however slow the machine is. */
const at = Math.floor(Date.now() / 1_000);

describe('a signed message', () => {
  it('is one to the library that Standard Webhooks publishes', () => {
    const secret = createSecret();
    const headers = signedHeaders({ id: 'msg_1', timestamp: at, payload }, [secret]);
    expect(new Webhook(secret).verify(payload, headers)).toEqual(JSON.parse(payload));
  });

  // Mutants: signing with the new secret alone; signing with the old one alone.
  it('is known by either secret while one is rotated, and by no other', () => {
    const [fresh, old] = [createSecret(), createSecret()];
    const headers = signedHeaders({ id: 'msg_1', timestamp: at, payload }, [fresh, old]);
    for (const secret of [fresh, old])
      expect(() => new Webhook(secret).verify(payload, headers)).not.toThrow();
    expect(() => new Webhook(createSecret()).verify(payload, headers)).toThrow('No matching signature');
  });

  // Mutants: leaving the id, the time or the body out of what is signed.
  it.each([
    ['id', { 'webhook-id': 'msg_2' }, payload],
    ['time', { 'webhook-timestamp': String(at + 1) }, payload],
    ['body', {}, payload.replace('✓', '✗')],
  ])('is broken by another %s', (_part, changed, body) => {
    const secret = createSecret();
    const headers = { ...signedHeaders({ id: 'msg_1', timestamp: at, payload }, [secret]), ...changed };
    expect(() => new Webhook(secret).verify(body, headers)).toThrow('No matching signature');
  });

  it('has a secret of 32 random bytes, written as the standard has it', () => {
    const secret = createSecret();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(createSecret()).not.toBe(secret);
  });
});
