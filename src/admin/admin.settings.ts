import { defineSetting } from '../kernel/system-config/setting';

/** Dollars for one unit of a currency, by its ISO 4217 code in lower case. */
export const usdRates = defineSetting<Record<string, number>>({
  key: 'analytics.usdRates',
  doc: 'Dollars that one unit of a currency is worth, for the margins in the usage analytics. Revenue in a currency that is missing here has no margin.',
  type: {
    describe: 'an object of rates above 0 by currency code, such as {"usd": 1, "eur": 1.1}',
    read: (value) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
      const sound = Object.entries(value).every(
        ([code, rate]) =>
          /^[a-z]{3}$/.test(code) && typeof rate === 'number' && rate > 0 && Number.isFinite(rate),
      );
      return sound ? (value as Record<string, number>) : undefined;
    },
  },
  fallback: { usd: 1 },
});
