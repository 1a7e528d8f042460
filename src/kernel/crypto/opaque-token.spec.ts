import { createOpaqueToken, hashOpaqueToken, isSameSecret } from './opaque-token';

describe('an opaque token', () => {
  it('is 256 random bits, and is known again by its hash alone', () => {
    const { token, hash } = createOpaqueToken();
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(hash).toEqual(hashOpaqueToken(token));
    expect(hash).toHaveLength(32);
    expect(createOpaqueToken().token).not.toBe(token);
  });

  it('says what it is for when it has a prefix', () => {
    expect(createOpaqueToken('ib_key_').token).toMatch(/^ib_key_[\w-]{43}$/);
  });
});

describe('isSameSecret', () => {
  it.each([
    ['same', 'same', true],
    ['same', 'sama', false],
    ['same', 'same and more', false],
    ['', 'secret', false],
  ])('compares %j with %j', (given, expected, same) => {
    expect(isSameSecret(given, expected)).toBe(same);
  });
});
