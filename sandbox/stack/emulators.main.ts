import { anthropicEmulator } from '../anthropic/anthropic-emulator';
import { startEmulator } from '../emulator/emulator';
import { startMailCatcher } from '../mail/mail-catcher';
import { mailPage } from '../mail/mail-page';
import { googleEmulator } from '../google/google-emulator';
import { stripeEmulator } from '../stripe/stripe-emulator';
import type { EmulatorPlan, EmulatorUrls } from './emulator-plan';

/** The emulators' process: started by `startStack`, told what to do over IPC, gone when its parent is. */
process.on('disconnect', () => process.exit(0));
process.on('SIGINT', () => undefined); // Ctrl-C reaches the whole group; the parent ends us in its own order
process.once('message', (plan: EmulatorPlan) => {
  run(plan).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  });
});

async function run(plan: EmulatorPlan): Promise<void> {
  const client = { ...plan.googleClient, redirectUris: [plan.callbackUrl] };
  const google = await startEmulator(googleEmulator({ clients: [client] }), plan.ports.google);
  const stripe = await startEmulator(
    stripeEmulator({ webhookEndpoints: [{ url: plan.webhookUrl, secrets: [plan.webhookSecret] }] }),
    plan.ports.stripe,
  );
  const anthropic = await startEmulator(
    anthropicEmulator({ latency: plan.anthropicLatency }),
    plan.ports.anthropic,
  );
  const catcher = await startMailCatcher();
  const mail = await startEmulator(mailPage(catcher), plan.ports.mail);
  const urls: EmulatorUrls = {
    google: google.url,
    stripe: stripe.url,
    anthropic: anthropic.url,
    mail: mail.url,
    smtp: catcher.url,
  };
  process.send?.(urls);
}
