import { fillMailbox, mailsOf } from './demo/mailbox';
import { join } from 'node:path';
import { runEmulators } from './stack/run-emulators';

/** Where the product's address ends and ours begins: the variables that both are started with. */
interface EmulatorEnvironment {
  PUBLIC_URL: string;
  GOOGLE_CLIENT_ID: string;
  GOOGLE_CLIENT_SECRET: string;
  STRIPE_WEBHOOK_SECRETS: string;
  /** Where the emulated Stripe delivers its events. */
  WEBHOOK_URL: string;
  /** Whose mailbox holds the sample inbox. */
  SANDBOX_MAILBOX: string;
}

/** `tsx sandbox/emulators.ts`: all emulators on fixed ports of every interface, for a container beside the product's. */
async function main(env: EmulatorEnvironment): Promise<void> {
  const urls = await runEmulators({
    host: '0.0.0.0',
    ports: { google: 4010, stripe: 4020, anthropic: 4030, mail: 4040, smtp: 4025 },
    googleClient: { clientId: env.GOOGLE_CLIENT_ID, clientSecret: env.GOOGLE_CLIENT_SECRET },
    callbackUrl: `${env.PUBLIC_URL}/api/gmail/callback`,
    webhookUrl: env.WEBHOOK_URL,
    webhookSecret: env.STRIPE_WEBHOOK_SECRETS,
    anthropicLatency: { minMs: 200, maxMs: 800 },
  });
  await fillMailbox(urls.google, env.SANDBOX_MAILBOX, mailsOf(join(__dirname, 'inbox')));
  for (const [name, url] of Object.entries(urls)) process.stdout.write(`${name} ${url}\n`);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(0));
main(process.env as unknown as EmulatorEnvironment).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
