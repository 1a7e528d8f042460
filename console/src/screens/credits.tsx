import { useEffect } from 'preact/hooks';
import { at, capital, count, money, onDay, plural } from '../format.ts';
import { type Listed, useAction, useLoad, usePages } from '../hooks.ts';
import { Title } from '../parts/shell.tsx';
import { Button, Card, Empty, Failure, Loading, More, Notice } from '../parts/ui.tsx';
import { UsageCard } from '../parts/usage-card.tsx';
import { arrival } from '../router.ts';
import { inbrief, type Payment, type Transaction } from '../sdk.ts';

/** Where the purchase under way is remembered while the browser is on Stripe's page. */
const pendingPayment = 'inbrief.payment';

export function Credits() {
  const balance = useLoad((signal) => inbrief.billing.balance({ signal }), []);
  const packages = useLoad((signal) => inbrief.packages.list({ signal }), []);
  const board = useLoad((signal) => inbrief.dashboard.get({ signal }), []);
  const lines = usePages((page, options) => inbrief.transactions.list({ limit: 25, ...page }, options), []);
  const buy = useAction(async (packageId: string) => {
    const page = `${location.origin}/console/`;
    const successUrl = `${page}?checkout=success#/credits`;
    const cancelUrl = `${page}?checkout=cancelled#/credits`;
    const { checkoutUrl, paymentId } = await inbrief.billing.purchase({ packageId, successUrl, cancelUrl });
    sessionStorage.setItem(pendingPayment, paymentId);
    location.assign(checkoutUrl);
  });
  const reload = () => {
    balance.reload();
    lines.reload();
  };
  return (
    <>
      <Title text="Credits" />
      <Paid onPaid={reload} />
      <Card title="Balance">
        <Failure error={balance.error} onRetry={balance.reload} />
        {!balance.data && balance.isLoading && <Loading lines={2} />}
        {balance.data && (
          <>
            <p class="big">
              <strong>{count(balance.data.available)}</strong>{' '}
              {balance.data.available === 1 ? 'credit' : 'credits'} to spend
            </p>
            <p class="small">
              {plural(balance.data.held, 'credit')} set aside for mails under way ·{' '}
              {plural(balance.data.captured, 'credit')} spent
            </p>
            {balance.data.lots
              .filter(({ expiresAt }) => expiresAt)
              .map(({ remaining, expiresAt, source }) => (
                <p key={`${source}${expiresAt}`} class="small">
                  {plural(remaining, `${source} credit`)} until {onDay(expiresAt ?? '')}
                </p>
              ))}
          </>
        )}
      </Card>
      <Card title="Buy credits">
        <Failure error={packages.error ?? buy.error} />
        {!packages.data && packages.isLoading && <Loading lines={3} />}
        <ul class="packages">
          {packages.data?.data.map(({ id, name, credits, amountMinor, currency }) => (
            <li key={id}>
              <h3>{name}</h3>
              <p class="big">
                <strong>{money(amountMinor, currency)}</strong>
              </p>
              <p class="small">
                {plural(credits, 'summary', 'summaries')} ·{' '}
                {money(Math.round((amountMinor / credits) * 100), currency)} per hundred
              </p>
              <Button
                look="main"
                busy={buy.isBusy}
                onClick={() => void buy.run(id)}
                aria-label={`Buy ${name}`}
              >
                Buy
              </Button>
            </li>
          ))}
        </ul>
      </Card>
      <Failure error={board.error} onRetry={board.reload} />
      {board.data && <UsageCard usage={board.data.usage} />}
      <Transactions of={lines} />
    </>
  );
}

function Transactions({ of: lines }: { of: Listed<Transaction> }) {
  return (
    <Card title="Transactions">
      <Failure error={lines.error} onRetry={lines.reload} />
      {!lines.items && lines.isLoading && <Loading lines={5} />}
      {lines.items?.length === 0 && <Empty title="No lines yet" />}
      {lines.items && lines.items.length > 0 && (
        <div class="scroll" tabIndex={0} role="group" aria-label="Transactions, scrollable">
          <table>
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">What</th>
                {['Credits', 'Held', 'Balance'].map((name) => (
                  <th key={name} scope="col" class="number">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {lines.items.map(({ seq, createdAt, kind, credits, held, balanceAfter }) => (
                <tr key={seq}>
                  <td>{at(createdAt)}</td>
                  <td>{capital(kind.toLowerCase())}</td>
                  <td class="number">{signed(credits)}</td>
                  <td class="number">{signed(held)}</td>
                  <td class="number">{count(balanceAfter)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <More of={lines} />
    </Card>
  );
}

const signed = (value: number): string =>
  value === 0 ? '·' : `${value > 0 ? '+' : '−'}${count(Math.abs(value))}`;

/** Stripe's page sent the browser back; the credits come with Stripe's own message, a moment later. */
function Paid({ onPaid }: { onPaid: () => void }) {
  const checkout = arrival.get('checkout');
  const paymentId = sessionStorage.getItem(pendingPayment);
  const outcome = useLoad((signal) => settled(checkout === 'success' ? paymentId : null, signal), []);
  const payment = outcome.data;
  useEffect(() => {
    if (payment?.status === 'paid') onPaid();
  }, [payment]);
  useEffect(() => () => arrival.delete('checkout'), []);
  if (checkout === 'cancelled') return <Notice>The purchase was cancelled. Nothing was charged.</Notice>;
  if (checkout !== 'success') return null;
  if (payment?.status === 'paid')
    return <Notice tone="good">Thank you: {plural(payment.credits, 'credit')} arrived.</Notice>;
  if (payment?.status === 'failed')
    return <Notice tone="bad">The payment failed. Nothing was charged.</Notice>;
  return <Notice>Thank you. Your credits arrive as soon as the payment is confirmed.</Notice>;
}

/** Asks for the payment until it is decided, for a minute at most. */
async function settled(paymentId: string | null, signal: AbortSignal): Promise<Payment | null> {
  if (paymentId === null) return null;
  for (let tries = 0; ; tries += 1) {
    const payment = await inbrief.payments.get(paymentId, { signal });
    if (payment.status === 'paid' || payment.status === 'failed' || tries === 60) return payment;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}
