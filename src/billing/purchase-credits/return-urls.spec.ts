import { allowedReturnUrl } from './return-urls';

describe('allowedReturnUrl', () => {
  const allowed = ['https://api.example.com', 'https://app.example.com/billing'];
  const check = (url: string) => () => allowedReturnUrl(url, 'https://api.example.com/console', allowed);

  it.each([
    'https://api.example.com/anything?x=1',
    'https://app.example.com/billing',
    'https://app.example.com/billing/done#top',
  ])('lets %s through', (url) => expect(check(url)()).toBe(url));

  // Mutant: comparing text prefixes.
  it.each([
    'https://api.example.com.evil.org/',
    'https://api.example.com@evil.org/',
    'https://user:pass@api.example.com/',
    'http://api.example.com/',
    'https://api.example.com:8443/',
    'https://app.example.com/billing-evil',
    'https://app.example.com/billing/../evil',
    'https://app.example.com/',
  ])('refuses %s', (url) => expect(check(url)).toThrow('may not return'));

  it('falls back when none is given', () =>
    expect(allowedReturnUrl(undefined, 'https://api.example.com/console', allowed)).toBe(
      'https://api.example.com/console',
    ));
});
