import type { FastifyInstance, FastifyReply } from 'fastify';
import type Stripe from 'stripe';
import { type Outcome, outcomes, paySession } from '../payments/checkout';
import { idOf } from '../store';
import { WireError } from '../wire/errors';
import { parseForm } from '../wire/form';
import { type StripeWorld } from '../world';
import { escape, htmlPage } from './html';
import { authenticationPage, closedPage, paymentPage } from './pages';

/**
 * The hosted payment page: `GET /c/pay/:id`, and `POST` of its form with `outcome` and `email`, which redirects to
 * `success_url` once the session is complete. A script may post the form as well as a browser.
 */
export async function servePages(app: FastifyInstance, world: StripeWorld): Promise<void> {
  await app.register((scope, _options, done) => {
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      (_request, body, parsed) => parsed(null, parseForm(body.toString())),
    );
    scope.addHook('onSend', (_request, reply, payload, next) => {
      reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'");
      next(null, payload);
    });
    scope.setErrorHandler((error, _request, reply) => {
      const status = error instanceof WireError ? error.status : 500;
      const message = error instanceof Error ? error.message : 'failed';
      return html(reply.code(status), htmlPage('Something went wrong', `<p>${escape(message)}</p>`));
    });
    scope.get<{ Params: { id: string } }>('/c/pay/:id', (request, reply) => {
      const session = world.sessions.get(request.params.id);
      return html(
        reply,
        session.status === 'open' ? paymentPage(session, lines(world, session)) : closedPage(session),
      );
    });
    scope.post<{ Params: { id: string }; Body: { outcome?: string; email?: string } | null }>(
      '/c/pay/:id',
      (request, reply) => {
        const session = world.sessions.get(request.params.id);
        return pay(world, session, request.body ?? {}, reply);
      },
    );
    done();
  });
}

function pay(
  world: StripeWorld,
  session: Stripe.Checkout.Session,
  form: { outcome?: string; email?: string },
  reply: FastifyReply,
): FastifyReply {
  if (session.status !== 'open') return html(reply.code(409), closedPage(session));
  const { outcome = 'card', email } = form;
  if (outcome === 'sca') return html(reply, authenticationPage(session, email ?? ''));
  const played = outcome === 'sca_confirmed' ? 'sca' : outcome;
  if (!(played in outcomes)) {
    return html(reply.code(400), paymentPage(session, lines(world, session), 'Choose a payment method.'));
  }
  paySession(world, session, played as Outcome, email === '' ? undefined : email);
  if (isOpen(session)) {
    const failed = world.intents.get(idOf(session.payment_intent) ?? '').last_payment_error;
    return html(
      reply.code(402),
      paymentPage(session, lines(world, session), failed?.message ?? 'The payment failed.'),
    );
  }
  return reply.redirect((session.success_url ?? '/').replaceAll('{CHECKOUT_SESSION_ID}', session.id), 303);
}

/** Asked anew after a payment, which TypeScript cannot know to change the session. */
const isOpen = (session: Stripe.Checkout.Session): boolean => session.status === 'open';

const lines = (world: StripeWorld, session: Stripe.Checkout.Session) => world.lineItems.get(session.id) ?? [];

const html = (reply: FastifyReply, page: string): FastifyReply =>
  reply.type('text/html; charset=utf-8').send(page);
