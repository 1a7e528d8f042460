import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { EnvDto } from './env.dto';

/** The environment is not fit to start with: `faults` holds one line for each variable that is wrong. */
export class EnvError extends Error {
  override readonly name = 'EnvError';
  constructor(readonly faults: string[]) {
    super(
      `The environment has ${faults.length} fault(s):\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    );
  }
}

/**
 * Reads and checks the environment. An empty value counts as unset.
 * @throws EnvError with every fault at once.
 */
export function loadEnv(source: Record<string, string | undefined> = process.env): EnvDto {
  const known = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ''),
  );
  const env = plainToInstance(EnvDto, known, { exposeDefaultValues: true });
  const faults = [
    ...validateSync(env, { skipMissingProperties: false }).flatMap(describe),
    ...contradictions(env),
  ];
  if (faults.length > 0) throw new EnvError(faults);
  return env;
}

function describe(error: ValidationError): string[] {
  const reasons = Object.values(error.constraints ?? {});
  return reasons.map((reason) => (reason.includes(error.property) ? reason : `${error.property}: ${reason}`));
}

function contradictions(env: EnvDto): string[] {
  const faults: string[] = [];
  if (env.ENABLE_STRIPE && !env.STRIPE_SECRET_KEY)
    faults.push('STRIPE_SECRET_KEY is needed while ENABLE_STRIPE is true');
  if (env.ENABLE_STRIPE && env.STRIPE_WEBHOOK_SECRETS.length === 0)
    faults.push('STRIPE_WEBHOOK_SECRETS is needed while ENABLE_STRIPE is true');
  if (env.GMAIL_PUSH_TOPIC && !env.GMAIL_PUSH_SERVICE_ACCOUNT)
    faults.push('GMAIL_PUSH_SERVICE_ACCOUNT is needed with GMAIL_PUSH_TOPIC');
  return faults;
}
