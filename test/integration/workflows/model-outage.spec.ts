import { balanceOf, consent, register, sync, until } from '../../../sandbox/demo/journey';
import { Api } from '../../../sandbox/demo/api';
import { fillMailbox } from '../../../sandbox/demo/mailbox';
import { startTestApp, type TestApp } from '../../support/app';
import { noteMail } from '../../support/reader';

const account = { email: 'ada@example.com', password: 'correct-horse-battery-staple' };

describe('while the model is away', () => {
  let product: TestApp;
  beforeAll(async () => {
    product = await startTestApp();
    await fillMailbox(
      product.google.url,
      account.email,
      Array.from({ length: 8 }, (_, n) => noteMail(n)),
    );
  });
  afterAll(() => product.close());

  // Mutant: an open circuit that makes the process not ready, or of which it says nothing.
  it('the process is ready, degraded, and says what is down; its readers and their credits are served', async () => {
    const api = new Api(product.url);
    await consent(await register(api, account), account.email, product.url);
    await until(async () => (await balanceOf(api)).granted > 0, 'the welcome credits');
    await fetch(`${product.anthropic.url}/__control/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action: 'respond', path: '/v1/messages', status: 529, body: {}, times: 0 }),
    });
    await sync(api);
    const ready = async () => {
      const answer = await fetch(`${product.url}/health/ready`);
      return { status: answer.status, body: (await answer.json()) as { status: string } };
    };
    await until(async () => (await ready()).body.status === 'degraded', 'the circuit to open', 30_000);
    expect(await ready()).toEqual({
      status: 200,
      body: { status: 'degraded', checks: { process: 'up', database: 'up', anthropic: 'down' } },
    });
    expect((await balanceOf(api)).held).toBeGreaterThan(0);
    expect(await product.sql('select * from ledger_violations')).toEqual([]);
  }, 60_000);
});
