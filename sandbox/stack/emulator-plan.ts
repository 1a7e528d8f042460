/** What the emulators' process is told at its start. A port of 0 is a free one. */
export interface EmulatorPlan {
  ports: { google: number; stripe: number; anthropic: number; mail: number; smtp?: number };
  /** Address they bind to; loopback by default. */
  host?: string;
  googleClient: { clientId: string; clientSecret: string };
  callbackUrl: string;
  webhookUrl: string;
  webhookSecret: string;
  /** Milliseconds the model takes to answer, from and to. */
  anthropicLatency: { minMs: number; maxMs: number };
}

/** Where the emulators listen. */
export interface EmulatorUrls {
  google: string;
  stripe: string;
  anthropic: string;
  /** The page that shows the mails the product sent. */
  mail: string;
  /** Where the product sends them, `smtp://`. */
  smtp: string;
}
