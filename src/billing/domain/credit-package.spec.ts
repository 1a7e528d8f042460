import { defaultPackages, defaultWelcome, readPackages, readWelcome } from './credit-package';

describe('configured packages', () => {
  const [starter] = defaultPackages;

  it('are read as they were written', () => {
    expect(readPackages([...defaultPackages])).toEqual(defaultPackages);
    expect(readWelcome(defaultWelcome)).toEqual(defaultWelcome);
    expect(readWelcome({ credits: 0 })).toEqual({ credits: 0, validityDays: null });
  });

  // Mutant: a reader that skips what is wrong; a typing error would sell the rest, or credits for nothing.
  it.each([
    ['no list', { ...starter }],
    ['two of one id', [starter, starter]],
    ['credits for nothing', [{ ...starter, amountMinor: 0 }]],
    ['half a credit', [{ ...starter, credits: 0.5 }]],
    ['no credits', [{ ...starter, credits: 0 }]],
    ['an unknown currency form', [{ ...starter, currency: 'EUR' }]],
    ['no name', [{ ...starter, name: undefined }]],
    ['an id for a URL', [{ ...starter, id: '../x' }]],
    ['a validity in the past', [{ ...starter, validityDays: -1 }]],
    ['one bad among good ones', [starter, null]],
  ])('are refused whole: %s', (_, value) => expect(readPackages(value)).toBeUndefined());

  it.each([null, { credits: -1 }, { credits: '5' }, { credits: 5, validityDays: 0 }])(
    'welcome terms of %p are refused',
    (value) => expect(readWelcome(value)).toBeUndefined(),
  );
});
