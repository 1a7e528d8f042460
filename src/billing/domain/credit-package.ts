/** A thing to buy. `amountMinor` is in minor currency units; credits expire `validityDays` after the purchase, or never. */
export interface CreditPackage {
  id: string;
  name: string;
  credits: number;
  amountMinor: number;
  /** ISO 4217, lower case. */
  currency: string;
  validityDays: number | null;
}

/** What a new account gets; no credits means no grant. */
export interface WelcomeTerms {
  credits: number;
  validityDays: number | null;
}

export const defaultPackages: readonly CreditPackage[] = [
  { id: 'starter', name: 'Starter', credits: 100, amountMinor: 500, currency: 'eur', validityDays: null },
  { id: 'plus', name: 'Plus', credits: 500, amountMinor: 2_000, currency: 'eur', validityDays: null },
  { id: 'pro', name: 'Pro', credits: 2_500, amountMinor: 7_500, currency: 'eur', validityDays: null },
];

export const defaultWelcome: WelcomeTerms = { credits: 25, validityDays: null };

/** The packages in a configured value; undefined when it is not a list of sound packages with ids of their own. */
export function readPackages(value: unknown): CreditPackage[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const packages = value.map(readPackage).filter((item) => item !== undefined);
  const ids = new Set(packages.map(({ id }) => id));
  return packages.length === value.length && ids.size === packages.length ? packages : undefined;
}

/** The welcome terms in a configured value; undefined when it is not sound. */
export function readWelcome(value: unknown): WelcomeTerms | undefined {
  const { credits, validityDays = null } = asRecord(value);
  return isWhole(credits, 0) && isValidity(validityDays) ? { credits, validityDays } : undefined;
}

function readPackage(value: unknown): CreditPackage | undefined {
  const { id, name, credits, amountMinor, currency, validityDays = null } = asRecord(value);
  const sound =
    typeof id === 'string' &&
    /^[a-z0-9-]{1,40}$/.test(id) &&
    typeof name === 'string' &&
    typeof currency === 'string' &&
    /^[a-z]{3}$/.test(currency) &&
    isWhole(credits, 1) &&
    isWhole(amountMinor, 1) &&
    isValidity(validityDays);
  return sound ? { id, name, credits, amountMinor, currency, validityDays } : undefined;
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function isWhole(value: unknown, least: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= least;
}

function isValidity(value: unknown): value is number | null {
  return value === null || isWhole(value, 1);
}
