import { isAllowedReturn, withOutcome } from './return-url';

describe('the address a browser returns to after the consent', () => {
  const allowed = ['https://app.example.com', 'https://shop.example.com/account/'];

  it('may be any page of an allowed origin, or below an allowed path', () => {
    expect(isAllowedReturn('https://app.example.com', allowed)).toBe(true);
    expect(isAllowedReturn('https://app.example.com/mailboxes?x=1', allowed)).toBe(true);
    expect(isAllowedReturn('https://shop.example.com/account', allowed)).toBe(true);
  });

  // Mutant caught: `target.startsWith(prefix)` makes the callback an open redirect.
  it.each([
    'https://app.example.com.evil.com/',
    'https://app.example.com@evil.com/',
    'https://user:secret@app.example.com/',
    'http://app.example.com/',
    'https://shop.example.com/accounting',
    'https://shop.example.com/account/../admin',
    'javascript:alert(1)',
    '//evil.com',
    'not a url',
  ])('is refused when it is %s', (target) => {
    expect(isAllowedReturn(target, allowed)).toBe(false);
  });

  it('carries the outcome without losing its own query', () => {
    expect(withOutcome('https://app.example.com/m?tab=2', { gmail: 'connected' })).toBe(
      'https://app.example.com/m?tab=2&gmail=connected',
    );
  });
});
