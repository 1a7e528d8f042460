import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
  MinLength,
} from 'class-validator';

const url = { require_tld: false, require_protocol: true };
const list = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string'
    ? value
        .split(',')
        .map((item) => item.trim())
        .filter(Boolean)
    : value;
const numbers = (given: { value: unknown }): unknown => {
  const items = list(given);
  return Array.isArray(items) ? items.map(Number) : items;
};
const flag = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string'
    ? ({ true: true, '1': true, false: false, '0': false }[value.toLowerCase()] ?? value)
    : value;

/**
 * Every variable the backend reads, with its default. Checked once at start: all faults are printed together and the
 * process exits 1. A variable without a default must be given.
 */
export class EnvDto {
  /** `production` hides the docs page's "try it" hosts and refuses the development keys. */
  @IsIn(['production', 'development', 'test'])
  NODE_ENV: 'production' | 'development' | 'test' = 'production';

  /** Address the HTTP server binds to. */
  @IsString()
  HOST = '0.0.0.0';

  /** Port of the API process. */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(65_535)
  PORT = 3000;

  /** Port of the worker's health and metrics server. */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(65_535)
  WORKER_PORT = 3001;

  /** The address callers reach the API at, without a trailing slash; OAuth and Checkout come back to it. */
  @IsUrl(url)
  PUBLIC_URL!: string;

  /** Log level: fatal, error, warn, info, debug or trace. */
  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
  LOG_LEVEL = 'info';

  /** Proxies in front of the API whose X-Forwarded-For entries are believed. */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(10)
  TRUST_PROXY_HOPS = 0;

  /** Origins that browsers may call from, comma separated. */
  @Transform(list)
  @IsUrl(url, { each: true })
  CORS_ORIGINS: string[] = [];

  /** Postgres as the login role that owns nothing; may be a transaction-mode pooler. */
  @Matches(/^postgres(ql)?:\/\//)
  DATABASE_URL!: string;

  /** Postgres without a pooler, for migrations (as their owner). Only `migrate` reads it. */
  @IsOptional()
  @Matches(/^postgres(ql)?:\/\//)
  DIRECT_DATABASE_URL?: string;

  /** Postgres without a pooler as the login role, for BullMQ's Postgres backend. Default: DATABASE_URL. */
  @IsOptional()
  @Matches(/^postgres(ql)?:\/\//)
  QUEUE_DATABASE_URL?: string;

  /** Connections in this process's pool. */
  @Type(() => Number)
  @IsInt()
  @Min(2)
  @Max(100)
  DATABASE_POOL_SIZE = 10;

  /** Named prepared statements: faster, but only where the pooler in between keeps them (none, or pgbouncer 1.21+). */
  @Transform(flag)
  @IsBoolean()
  DATABASE_PREPARED_STATEMENTS = false;

  /** Redis 6.2 or newer; when absent the queue lives in Postgres and caches in memory. */
  @IsOptional()
  @Matches(/^rediss?:\/\//)
  REDIS_URL?: string;

  /** Signing keys of access tokens, `kid:secret` comma separated, the first one signs. Secrets of 32 characters or more. */
  @Transform(list)
  @Matches(/^[\w-]{1,32}:.{32,}$/, {
    each: true,
    message: 'each entry of JWT_KEYS must be kid:secret, the secret of 32+ characters',
  })
  JWT_KEYS!: string[];

  /** Seconds an access token lives. */
  @Type(() => Number)
  @IsInt()
  @Min(30)
  @Max(3_600)
  ACCESS_TOKEN_TTL_SECONDS = 600;

  /** Key ring for OAuth tokens at rest, `version:base64 of 32 bytes` comma separated, the first one encrypts. */
  @Transform(list)
  @Matches(/^[\w-]{1,16}:[A-Za-z0-9+/]{43}=$/, {
    each: true,
    message: 'each entry of TOKEN_KEYS must be version:base64 of 32 bytes',
  })
  TOKEN_KEYS!: string[];

  /** Secret that signs page cursors, 32 characters or more. */
  @MinLength(32)
  CURSOR_SECRET!: string;

  /** Mail server, `smtp://user:password@host:port` (`smtps` for TLS from the start); unset means that no mail is sent. */
  @IsOptional()
  @Matches(/^smtps?:\/\//)
  SMTP_URL?: string;

  /** Sender of our mails. */
  @IsString()
  MAIL_FROM = 'Inbrief <no-reply@localhost>';

  /** OAuth client of the Google project. */
  @IsString()
  GOOGLE_CLIENT_ID!: string;

  /** Secret of that OAuth client. */
  @IsString()
  GOOGLE_CLIENT_SECRET!: string;

  /** Base of Google's OAuth endpoints; unset means Google. */
  @IsOptional()
  @IsUrl(url)
  GOOGLE_OAUTH_BASE_URL?: string;

  /** Base of the Gmail API; unset means Google. */
  @IsOptional()
  @IsUrl(url)
  GOOGLE_API_BASE_URL?: string;

  /** Pub/Sub topic that Gmail's watch publishes to; unset means polling only. */
  @IsOptional()
  @Matches(/^projects\/[\w-]+\/topics\/[\w-]+$/)
  GMAIL_PUSH_TOPIC?: string;

  /** Service account that signs Pub/Sub pushes. */
  @IsOptional()
  @IsEmail({ require_tld: false })
  GMAIL_PUSH_SERVICE_ACCOUNT?: string;

  /** Audience that pushes must be signed for. Default: the push route's own address. */
  @IsOptional()
  @IsUrl(url)
  GMAIL_PUSH_AUDIENCE?: string;

  /** Gmail quota units that one mailbox may use per minute; 15,000 for Google projects made before May 2026. */
  @Type(() => Number)
  @IsInt()
  @Min(100)
  GMAIL_UNITS_PER_USER_PER_MINUTE = 6_000;

  /** Gmail quota units that all mailboxes together may use per minute. */
  @Type(() => Number)
  @IsInt()
  @Min(100)
  GMAIL_UNITS_PER_PROJECT_PER_MINUTE = 1_200_000;

  /** What single Gmail methods cost instead of the built-in table, `messages.get=5` comma separated. */
  @Transform(list)
  @Matches(/^[a-zA-Z.]{3,40}=\d{1,4}$/, {
    each: true,
    message: 'each entry of GMAIL_METHOD_UNITS must be method=units',
  })
  GMAIL_METHOD_UNITS: string[] = [];

  /** Turns buying credits on. */
  @Transform(flag)
  @IsBoolean()
  ENABLE_STRIPE = true;

  /** Secret or restricted key of the Stripe account; needed while ENABLE_STRIPE is true. */
  @IsOptional()
  @IsString()
  STRIPE_SECRET_KEY?: string;

  /** Signing secrets of the webhook endpoint, comma separated (two while one is rotated). */
  @Transform(list)
  @MinLength(16, { each: true })
  STRIPE_WEBHOOK_SECRETS: string[] = [];

  /** Base of the Stripe API; unset means Stripe. */
  @IsOptional()
  @IsUrl(url)
  STRIPE_API_BASE_URL?: string;

  /** Whether webhooks must be live ones. */
  @Transform(flag)
  @IsBoolean()
  STRIPE_LIVEMODE = false;

  /** Our own Stripe account, for endpoints whose events name theirs; events of any other account are refused. */
  @IsOptional()
  @Matches(/^acct_\w+$/)
  STRIPE_ACCOUNT_ID?: string;

  /** Milliseconds between two looks for Stripe events that never arrived. */
  @Type(() => Number)
  @IsInt()
  @Min(100)
  @Max(3_600_000)
  STRIPE_POLL_MS = 60_000;

  /** Where Checkout may send a buyer back to, comma separated URL prefixes; PUBLIC_URL always may. */
  @Transform(list)
  @IsUrl(url, { each: true })
  RETURN_URLS: string[] = [];

  /** Key of the Anthropic workspace that is billed for summaries. */
  @IsString()
  ANTHROPIC_API_KEY!: string;

  /** Base of the Anthropic API; unset means Anthropic. */
  @IsOptional()
  @IsUrl(url)
  ANTHROPIC_BASE_URL?: string;

  /** Model that summarises; must stand in the price table. */
  @IsString()
  ANTHROPIC_MODEL = 'claude-haiku-5-5';

  /** Model that takes over while the first is overloaded; must stand in the price table. */
  @IsOptional()
  @IsString()
  ANTHROPIC_FALLBACK_MODEL?: string;

  /** How hard the model thinks, where it lets itself be told: low, medium, high, xhigh or max; unset leaves it to the model. */
  @IsOptional()
  @IsIn(['low', 'medium', 'high', 'xhigh', 'max'])
  ANTHROPIC_EFFORT?: 'low' | 'medium' | 'high' | 'xhigh' | 'max';

  /** Tokens an answer may have, thinking included; an answer that is cut gets twice as many, once. */
  @Type(() => Number)
  @IsInt()
  @Min(500)
  @Max(32_000)
  ANTHROPIC_MAX_TOKENS = 4_000;

  /** Tokens of a mail's text that the model is given: of a longer one, its head and its tail. */
  @Type(() => Number)
  @IsInt()
  @Min(500)
  @Max(90_000)
  MAIL_TEXT_TOKENS = 12_000;

  /** Mails in one batch of the overnight lane, at most; the vendor takes 100,000. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(10_000)
  BATCH_MAX_MAILS = 500;

  /** Milliseconds that mails of the overnight lane wait for company before a batch goes out that is not full. */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(86_400_000)
  BATCH_GATHER_MS = 300_000;

  /** Milliseconds between two looks at a batch at least; they become longer as it ages, up to a minute. */
  @Type(() => Number)
  @IsInt()
  @Min(20)
  @Max(3_600_000)
  BATCH_POLL_MS = 5_000;

  /** Milliseconds that a batch whose submission was not answered may take to turn up at Anthropic's. */
  @Type(() => Number)
  @IsInt()
  @Min(100)
  @Max(3_600_000)
  BATCH_CONFIRM_MS = 300_000;

  /** Mails one worker works on at once. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  WORKER_CONCURRENCY = 10;

  /** Milliseconds a worker may hold a job or an event before another may take it over. */
  @Type(() => Number)
  @IsInt()
  @Min(1_000)
  @Max(600_000)
  JOB_LEASE_MS = 30_000;

  /** Milliseconds between two looks at the outbox when nothing woke the relay. */
  @Type(() => Number)
  @IsInt()
  @Min(20)
  @Max(60_000)
  OUTBOX_POLL_MS = 200;

  /** Whether this process takes new work; false lets running work finish and starts none. For all at once: `processing.enabled`. */
  @Transform(flag)
  @IsBoolean()
  ENABLE_BACKGROUND_PROCESSING = true;

  /** Milliseconds that a user's system may take to answer a webhook, from the look-up of its name. */
  @Type(() => Number)
  @IsInt()
  @Min(100)
  @Max(30_000)
  WEBHOOK_TIMEOUT_MS = 10_000;

  /** Seconds between the attempts at a webhook, comma separated, one attempt more than there are; by default ten in three days. */
  @Transform(numbers)
  @ArrayMaxSize(20)
  @IsInt({ each: true })
  @Min(0, { each: true })
  @Max(259_200, { each: true })
  WEBHOOK_RETRY_SECONDS: number[] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 72_000];

  /** Origins that webhooks may be sent to though they are not https on a public address, such as `http://127.0.0.1:9000`. */
  @Transform(list)
  @Matches(/^https?:\/\/[^/\s@?#]+$/, {
    each: true,
    message: 'each entry of WEBHOOK_TRUSTED_ORIGINS must be an origin without a path',
  })
  WEBHOOK_TRUSTED_ORIGINS: string[] = [];

  /** Streams of job changes that one API process holds open at once; whoever comes then is told to try again. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100_000)
  JOB_STREAMS_MAX = 5_000;

  /** Milliseconds a stopping API says "not ready" before it closes its doors. */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(60_000)
  SHUTDOWN_NOTICE_MS = 0;

  /** Milliseconds a stopping process may take to finish what it has. */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(600_000)
  SHUTDOWN_DEADLINE_MS = 25_000;

  /** Calls a minute that one user or address may make to routes that check credentials. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  RATE_LIMIT_AUTH = 30;

  /** Calls a minute that one user or address may make to routes that change something. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  RATE_LIMIT_WRITE = 600;

  /** Calls a minute that one user or address may make to routes that only read. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  RATE_LIMIT_READ = 1_200;

  /** Collector of traces that speaks OTLP over HTTP, without `/v1/traces`; unset means that no trace leaves the process. */
  @IsOptional()
  @IsUrl(url)
  OTEL_EXPORTER_OTLP_ENDPOINT?: string;

  /** Headers for that collector, `name=value` comma separated. */
  @Transform(list)
  @Matches(/^[\w-]+=.+$/, {
    each: true,
    message: 'each entry of OTEL_EXPORTER_OTLP_HEADERS must be name=value',
  })
  OTEL_EXPORTER_OTLP_HEADERS: string[] = [];

  /** Share of the traces that is exported, 0 to 1; all processes keep the same ones when they have the same share. */
  @Type(() => Number)
  @IsNumber()
  @Min(0)
  @Max(1)
  TRACE_SAMPLE_RATIO = 1;

  /** Keys of machines that call us (`npm run service-key` makes one), `name:scope+scope:sha256 of the key` comma separated. */
  @Transform(list)
  @Matches(/^[\w-]{1,32}:(audit|metrics)(\+(audit|metrics))*:[0-9a-f]{64}$/, {
    each: true,
    message: 'each entry of SERVICE_KEYS must be name:scope+scope:sha256 in hexadecimal',
  })
  SERVICE_KEYS: string[] = [];
}
