import { type JournalEntry, type RunningEmulator, startEmulator } from './emulator';

describe('startEmulator', () => {
  let emulator: RunningEmulator;
  let served = 0;

  const control = async (path: string, body?: unknown, method = body === undefined ? 'GET' : 'POST') => {
    const headers = { 'content-type': 'application/json' };
    const init = body === undefined ? { method } : { method, headers, body: JSON.stringify(body) };
    const response = await fetch(`${emulator.url}/__control/${path}`, init);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const call = () => fetch(`${emulator.url}/v1/things?secret=1`);

  beforeAll(async () => {
    emulator = await startEmulator({
      name: 'example',
      routes: (app) => {
        app.get('/v1/things', () => ({ served: ++served }));
      },
      state: () => ({ served }),
      reset: () => {
        served = 0;
      },
    });
  });
  beforeEach(() => control('reset', {}));
  afterAll(() => emulator.close());

  it('answers a scripted fault instead of the vendor, with its headers', async () => {
    const headers = { 'retry-after': '3' };
    await control('faults', { action: 'respond', status: 429, headers, body: { slow: 'down' } });
    const response = await call();
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('3');
    expect(await response.json()).toEqual({ slow: 'down' });
    expect(served).toBe(0);
  });

  // Catches the mutant that only destroys the socket and lets the handler run on.
  it('does no work for a dropped request', async () => {
    await control('faults', { action: 'drop' });
    await expect(call()).rejects.toThrow();
    expect((await control('state')).body).toEqual({ served: 0 });
  });

  it('does the work of a request whose answer is lost', async () => {
    await control('faults', { action: 'drop-after' });
    await expect(call()).rejects.toThrow();
    expect((await control('state')).body).toEqual({ served: 1 });
    expect((await call()).status).toBe(200);
  });

  it('delays', async () => {
    await control('faults', { action: 'delay', delayMs: 60 });
    const started = Date.now();
    await call();
    expect(Date.now() - started).toBeGreaterThanOrEqual(55);
  });

  it('keeps a journal of the vendor calls, with their status and without their query', async () => {
    await control('faults', { action: 'respond', status: 503 });
    await call();
    await call();
    const { requests } = (await control('requests')).body as { requests: JournalEntry[] };
    expect(requests.map(({ method, path, status }) => [method, path, status])).toEqual([
      ['GET', '/v1/things', 503],
      ['GET', '/v1/things', 200],
    ]);
  });

  it('says what is wrong with an unreadable fault', async () => {
    expect((await control('faults', { action: 'nonsense' })).status).toBe(400);
  });

  it('forgets state, faults and journal on reset', async () => {
    await call();
    await control('faults', [{ action: 'drop' }, { action: 'drop' }]);
    await control('reset', {});
    expect((await control('state')).body).toEqual({ served: 0 });
    expect((await control('faults')).body).toEqual([]);
    expect((await control('requests')).body).toMatchObject({ count: 0 });
  });
});
