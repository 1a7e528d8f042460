import { join } from 'node:path';
import { Api } from './demo/api';
import { consent, register, signIn } from './demo/journey';
import { fillMailbox, mailsOf } from './demo/mailbox';
import { assertFree } from './stack/ports';
import { Stack } from './stack/stack';

const ports = { api: 3000, worker: 3001, google: 4010, stripe: 4020, anthropic: 4030, mail: 4040 };
const account = { email: 'ada@example.com', password: 'correct-horse-battery-staple' };
const inbox = join(__dirname, 'inbox');

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** The emulators forget at each start what the database keeps, so the mailbox is filled and connected anew. */
async function seed(stack: Stack): Promise<void> {
  await fillMailbox(stack.emulators.google, account.email, mailsOf(inbox));
  const api = new Api(stack.apiUrl);
  const known = await signIn(api, account).then(
    () => true,
    () => false,
  );
  if (known) {
    const { consentUrl } = await api.post<{ consentUrl: string }>('/api/gmail/connections', {});
    await consent(consentUrl, account.email);
  } else {
    await consent(await register(api, account), account.email);
  }
}

async function main(): Promise<void> {
  for (const [purpose, port] of Object.entries(ports)) await assertFree(port, purpose);
  const stack = await Stack.start({ directory: '.inbrief/start', ports, onStep: (step) => say(`  ${step}`) });
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      say('\nStopping …');
      void stack.stop().finally(() => process.exit(0));
    });
  await seed(stack);
  say(`
Inbrief runs.
  API                ${stack.apiUrl}
  console            ${stack.apiUrl}/console/
  API documentation  ${stack.apiUrl}/docs
  sign in as         ${account.email} / ${account.password}
  Google (sandbox)   ${stack.emulators.google}/o/oauth2/v2/auth   the consent page; POST /api/gmail/connections gives its full address
  Stripe (sandbox)   ${stack.emulators.stripe}/c/pay/…   the checkout page; POST /api/billing/purchase gives its full address
  mail it sent       ${stack.emulators.mail}
  logs               ${stack.logs}
Ctrl-C stops everything.`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
