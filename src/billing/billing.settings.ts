import { defineSetting } from '../kernel/system-config/setting';
import {
  type CreditPackage,
  defaultPackages,
  defaultWelcome,
  readPackages,
  readWelcome,
  type WelcomeTerms,
} from './domain/credit-package';

export const packagesForSale = defineSetting<readonly CreditPackage[]>({
  key: 'billing.packages',
  doc: 'What is for sale. Amounts in minor currency units; a purchase keeps the terms it began with.',
  type: {
    describe:
      'a list of packages {id, name, credits, amountMinor, currency, validityDays or null} with ids of their own',
    read: readPackages,
  },
  fallback: defaultPackages,
});

export const welcomeTerms = defineSetting<WelcomeTerms>({
  key: 'billing.welcome',
  doc: 'Credits that a new account is given once, and the days they last (null: for ever). 0 credits means none.',
  type: { describe: 'an object {credits, validityDays or null}', read: readWelcome },
  fallback: defaultWelcome,
});
