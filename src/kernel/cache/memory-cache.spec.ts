import { MemoryCache } from './memory-cache';

const minute = 60_000;

describe('MemoryCache', () => {
  afterEach(() => jest.useRealTimers());

  it('keeps a value for its time and no longer', async () => {
    jest.useFakeTimers({ now: 0 });
    const cache = new MemoryCache();
    await cache.set('user:1', { name: 'Ada' }, 1_000);
    jest.setSystemTime(999);
    expect(await cache.get('user:1')).toEqual({ name: 'Ada' });
    jest.setSystemTime(1_000);
    expect(await cache.get('user:1')).toBeUndefined();
  });

  it('lets the least recently used entry go', async () => {
    const cache = new MemoryCache(2);
    await cache.set('n:1', 1, minute);
    await cache.set('n:2', 2, minute);
    await cache.get('n:1');
    await cache.set('n:3', 3, minute);
    expect([await cache.get('n:1'), await cache.get('n:2'), await cache.get('n:3')]).toEqual([
      1,
      undefined,
      3,
    ]);
  });

  it('gives everybody a value of their own', async () => {
    const cache = new MemoryCache();
    await cache.set('user:1', { roles: ['user'] }, minute);
    (await cache.get<{ roles: string[] }>('user:1'))?.roles.push('admin');
    expect(await cache.get('user:1')).toEqual({ roles: ['user'] });
  });

  it('loads once for all who ask at once, then not again', async () => {
    const cache = new MemoryCache();
    const load = jest.fn(() => Promise.resolve('loaded'));
    const answers = await Promise.all(Array.from({ length: 20 }, () => cache.wrap('k:1', minute, load)));
    expect(new Set(answers)).toEqual(new Set(['loaded']));
    await cache.wrap('k:1', minute, load);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('keeps null, but neither undefined nor an error', async () => {
    const cache = new MemoryCache();
    const load = jest.fn<Promise<unknown>, []>();
    load.mockRejectedValueOnce(new Error('down'));
    await expect(cache.wrap('k:1', minute, load)).rejects.toThrow('down');
    load.mockResolvedValueOnce(undefined).mockResolvedValueOnce(null);
    expect(await cache.wrap('k:1', minute, load)).toBeUndefined();
    expect(await cache.wrap('k:1', minute, load)).toBeNull();
    expect(await cache.wrap('k:1', minute, load)).toBeNull();
    expect(load).toHaveBeenCalledTimes(3);
  });

  // Mutant: a load that stores whatever it read, although the row changed meanwhile: a revoked session comes back.
  it('does not store what was loaded before a delete, nor hand it to who asks after', async () => {
    const cache = new MemoryCache();
    let finishLoad: (value: string) => void = () => undefined;
    const early = cache.wrap(
      'session:1',
      minute,
      () => new Promise<string>((resolve) => (finishLoad = resolve)),
    );
    await new Promise((resolve) => setImmediate(resolve));
    await cache.delete('session:1');
    expect(await cache.wrap('session:1', minute, () => Promise.resolve('revoked'))).toBe('revoked');
    finishLoad('active');
    expect(await early).toBe('active');
    expect(await cache.get('session:1')).toBe('revoked');
  });

  it('counts hits and misses, by name', async () => {
    const seen: [string, boolean][] = [];
    const cache = new MemoryCache(10, (name, hit) => seen.push([name, hit]));
    await cache.get('user:1');
    await cache.set('user:1', 1, minute);
    await cache.get('user:1');
    expect(seen).toEqual([
      ['user', false],
      ['user', true],
    ]);
    expect(cache.stats).toEqual({ hits: 1, misses: 1 });
  });
});
