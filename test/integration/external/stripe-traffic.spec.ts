import { CommandBus } from '@nestjs/cqrs';
import { Api } from '../../../sandbox/demo/api';
import { balanceOf, buyCredits, register, until } from '../../../sandbox/demo/journey';
import type { StripeEmulator } from '../../../sandbox/stripe/stripe-emulator';
import { RefundPurchase } from '../../../src/billing/contracts';
import { startTestApp, type TestApp } from '../../support/app';
import { stripeSpec, watchStripe, type WatchedStripe } from '../../support/watch-stripe';

(stripeSpec ? describe : describe.skip)(
  'our traffic with Stripe (skipped: ../shared/specs is absent)',
  () => {
    let product: TestApp;
    let watched: WatchedStripe;
    let api: Api;
    beforeAll(async () => {
      const wrapStripe = (bare: StripeEmulator): StripeEmulator => (watched = watchStripe(bare)).definition;
      product = await startTestApp({ wrapStripe, env: { STRIPE_POLL_MS: '1000' } });
      api = new Api(product.url);
      await register(api, { email: 'ada@example.com', password: 'correct-horse-battery-staple' });
    });
    afterAll(() => product.close());

    it("fits the vendor's description in a purchase, its polling and its refund", async () => {
      const { available } = await balanceOf(api);
      await buyCredits(api, available + 1);
      const [payment] = await product.sql<{ id: string; user_id: string }>(
        'select id, user_id from stripe_payments',
      );
      await product.app
        .get(CommandBus)
        .execute(new RefundPurchase(payment?.id ?? '', payment?.user_id ?? '', 'conformance'));
      await until(
        async () => (await product.sql(`select from stripe_payments where refunded_minor > 0`)).length === 1,
        'the refund',
      );
      const { requests } = (await (await fetch(`${product.stripe.url}/__control/requests`)).json()) as {
        requests: { method: string; path: string }[];
      };
      const asked = new Set(requests.map(({ method, path }) => `${method} ${path.split('/')[2] ?? ''}`));
      expect([...asked]).toEqual(
        expect.arrayContaining(['POST checkout', 'GET checkout', 'GET events', 'POST refunds']),
      );
      expect(watched.checked()).toBeGreaterThan(5);
      expect(watched.faults()).toEqual([]);
    });
  },
);
