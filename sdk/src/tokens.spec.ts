import { webStorageTokens } from './tokens';

describe('tokens in web storage', () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  const store = webStorageTokens(storage, 'inbrief');
  const tokens = { accessToken: 'a', refreshToken: 'r', expiresAt: 1 };

  it('come back as they were kept, until they are forgotten', async () => {
    await store.save(tokens);
    expect(await store.load()).toEqual(tokens);
    await store.save(null);
    expect(await store.load()).toBeNull();
    expect(kept.size).toBe(0);
  });

  it.each(['', 'no json', 'null', '"text"', '{"accessToken":"a"}', '{"accessToken":"a","refreshToken":"r"}'])(
    'are none when the storage holds %j',
    async (text) => {
      kept.set('inbrief', text);
      expect(await store.load()).toBeNull();
    },
  );
});
