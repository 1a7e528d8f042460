import { anthropicEmulator } from '../anthropic/anthropic-emulator';
import { startEmulator } from '../emulator/emulator';
import { googleEmulator } from '../google/google-emulator';
import { startMailCatcher } from '../mail/mail-catcher';
import { mailPage } from '../mail/mail-page';
import { stripeEmulator } from '../stripe/stripe-emulator';
import type { EmulatorPlan, EmulatorUrls } from './emulator-plan';

/** Starts every emulator of the plan in this process; resolves with where they listen. */
export async function runEmulators(plan: EmulatorPlan): Promise<EmulatorUrls> {
  const { ports, host } = plan;
  const client = { ...plan.googleClient, redirectUris: [plan.callbackUrl] };
  const google = await startEmulator(googleEmulator({ clients: [client] }), ports.google, host);
  const stripe = await startEmulator(
    stripeEmulator({ webhookEndpoints: [{ url: plan.webhookUrl, secrets: [plan.webhookSecret] }] }),
    ports.stripe,
    host,
  );
  const anthropic = await startEmulator(
    anthropicEmulator({ latency: plan.anthropicLatency }),
    ports.anthropic,
    host,
  );
  const catcher = await startMailCatcher(ports.smtp, undefined, host);
  const mail = await startEmulator(mailPage(catcher), ports.mail, host);
  return {
    google: google.url,
    stripe: stripe.url,
    anthropic: anthropic.url,
    mail: mail.url,
    smtp: catcher.url,
  };
}
