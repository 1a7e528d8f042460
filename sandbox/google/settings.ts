import { defaultQuota, type QuotaSettings } from './gmail/quota-settings';
import { defaultPush, type PushSettings } from './push/push-settings';

/** An OAuth client as its developer registered it. */
export interface RegisteredClient {
  clientId: string;
  clientSecret: string;
  /** Compared as whole strings, as Google does. */
  redirectUris: string[];
}

/** What a Google emulator can be told; every figure has the vendor's value as its default. */
export interface GoogleEmulatorOptions {
  clients?: RegisteredClient[];
  /** Mailboxes that exist from the start and after each reset. */
  accounts?: { email: string; name?: string }[];
  /** Life of an access token, seconds. Default 3,599. */
  accessTokenSeconds?: number;
  /** Life of a refresh token, seconds, as for a client in testing. Without it they live until unused for six months. */
  refreshTokenSeconds?: number;
  /** Live refresh tokens per account and client before the oldest dies. Default 100. */
  refreshTokenLimit?: number;
  /** How long history records are kept, ms. Default 7 days. */
  historyRetentionMs?: number;
  /** Text parts above this many bytes are given as an attachment id. Default 500,000. */
  largeTextBytes?: number;
  quota?: Partial<QuotaSettings>;
  push?: Partial<PushSettings>;
  /** The clock, epoch ms. Default `Date.now`. */
  now?: () => number;
  /** Chance for gaps and shuffles, 0 to 1. Default `Math.random`. */
  random?: () => number;
}

/** The options with every default filled in. */
export type GoogleSettings = Required<
  Omit<GoogleEmulatorOptions, 'refreshTokenSeconds' | 'quota' | 'push'>
> & {
  refreshTokenSeconds: number | undefined;
  quota: QuotaSettings;
  push: PushSettings;
};

/** The client that an emulator knows when nothing else is said. */
export const sandboxClient: RegisteredClient = {
  clientId: 'inbrief-sandbox.apps.example.com',
  clientSecret: 'sandbox-secret',
  redirectUris: ['http://localhost:3000/api/gmail/callback'],
};

const dayMs = 86_400_000;

/** Fills in the defaults. */
export function settle(options: GoogleEmulatorOptions): GoogleSettings {
  return {
    clients: options.clients ?? [sandboxClient],
    accounts: options.accounts ?? [],
    accessTokenSeconds: options.accessTokenSeconds ?? 3_599,
    refreshTokenSeconds: options.refreshTokenSeconds,
    refreshTokenLimit: options.refreshTokenLimit ?? 100,
    historyRetentionMs: options.historyRetentionMs ?? 7 * dayMs,
    largeTextBytes: options.largeTextBytes ?? 500_000,
    quota: { ...defaultQuota, ...options.quota },
    push: { ...defaultPush, ...options.push },
    now: options.now ?? Date.now,
    random: options.random ?? Math.random,
  };
}
