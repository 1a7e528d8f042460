import type Stripe from 'stripe';
import { type WireLineItem } from '../objects/checkout-session';
import { type Outcome } from '../payments/checkout';
import { escape, htmlPage } from './html';

type Session = Stripe.Checkout.Session;

const choices: [outcome: Outcome, label: string][] = [
  ['card', 'Card that pays (4242)'],
  ['declined', 'Card that is declined (0002)'],
  ['insufficient_funds', 'Card without funds (9995)'],
  ['sca', 'Card whose bank asks for authentication (3184)'],
  ['delayed', 'Bank debit, paid some days later (3000)'],
];

/** The page to pay on; `error` tells why the last attempt failed. */
export function paymentPage(session: Session, lines: WireLineItem[], error?: string): string {
  const items = lines
    .map(
      (line) =>
        `<li>${escape(line.description ?? 'Item')} × ${line.quantity ?? 1}: ${price(line.amount_total, line.currency)}</li>`,
    )
    .join('\n');
  const radios = choices
    .filter(
      ([outcome]) => outcome !== 'delayed' || session.payment_method_types.some((type) => type !== 'card'),
    )
    .map(([outcome, label], index) => {
      const checked = index === 0 ? ' checked' : '';
      return `<label><input type="radio" name="outcome" value="${outcome}"${checked}> ${escape(label)}</label>`;
    })
    .join('\n');
  const email = escape(session.customer_email ?? 'payer@example.com');
  const cancel =
    session.cancel_url === null
      ? ''
      : `<p><a href="${escape(session.cancel_url)}">Cancel and go back</a></p>`;
  return htmlPage(
    `Pay ${price(session.amount_total ?? 0, session.currency ?? 'usd')}`,
    `${error === undefined ? '' : `<p class="error" role="alert">${escape(error)}</p>`}
<ul>
${items}
</ul>
<form method="post" action="/c/pay/${session.id}">
<label>E-mail <input type="email" name="email" value="${email}" autocomplete="email" required></label>
<fieldset>
<legend>Payment method</legend>
${radios}
</fieldset>
<button type="submit">Pay</button>
</form>
${cancel}`,
  );
}

/** The bank's question. */
export const authenticationPage = (session: Session, email: string): string =>
  htmlPage(
    'Your bank asks: is it you?',
    `<form method="post" action="/c/pay/${session.id}">
<input type="hidden" name="email" value="${escape(email)}">
<p><button type="submit" name="outcome" value="sca_confirmed">Yes, complete the payment</button></p>
<p><button type="submit" name="outcome" value="sca_failed">No, fail the authentication</button></p>
</form>`,
  );

/** Shown once a session is paid or has expired. */
export const closedPage = (session: Session): string =>
  htmlPage('Nothing to pay here', `<p>This checkout session is ${escape(session.status ?? 'closed')}.</p>`);

const price = (amount: number, currency: string): string =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).format(amount / 100);
