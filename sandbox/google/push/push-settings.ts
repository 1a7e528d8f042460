/** Where and how mailbox changes are pushed, as a Pub/Sub push subscription would do it. */
export interface PushSettings {
  /** URL that takes the envelope; nothing is pushed while it is undefined. */
  endpoint: string | undefined;
  /** `aud` of the bearer token; the endpoint itself when undefined. */
  audience: string | undefined;
  /** `email` of the bearer token. */
  serviceAccount: string;
  subscription: string;
  /** How often one message is tried before it is given up. */
  maxAttempts: number;
  /** Wait before the second try, ms; doubled before each further one. */
  retryDelayMs: number;
  /** Changes of one mailbox that follow sooner than this are not pushed, ms. Gmail drops above 1 per second. */
  minIntervalMs: number;
  /** Chance that a push is lost, 0 to 1. */
  dropRate: number;
  /** Chance that a push is delivered twice, 0 to 1. */
  duplicateRate: number;
}

export const defaultPush: PushSettings = {
  endpoint: undefined,
  audience: undefined,
  serviceAccount: 'gmail-push@sandbox.iam.example.com',
  subscription: 'projects/inbrief-sandbox/subscriptions/gmail-push',
  maxAttempts: 5,
  retryDelayMs: 200,
  minIntervalMs: 0,
  dropRate: 0,
  duplicateRate: 0,
};
