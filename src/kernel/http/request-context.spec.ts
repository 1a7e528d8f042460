import { currentRequest, identifyRequest, runInRequest } from './request-context';

describe('the request context', () => {
  it('reaches everything that a call awaits, and nothing outside of it', async () => {
    const seen = await runInRequest({ requestId: 'r1' }, async () => {
      await new Promise((resolve) => setImmediate(resolve));
      return currentRequest()?.requestId;
    });
    expect(seen).toBe('r1');
    expect(currentRequest()).toBeUndefined();
  });

  it('learns who the caller is, once', () => {
    runInRequest({ requestId: 'r1' }, () => {
      identifyRequest({ userId: 'u1', role: 'user' });
      expect(currentRequest()).toEqual({ requestId: 'r1', userId: 'u1', role: 'user' });
    });
  });

  it('takes a service without a user, and does nothing outside of a call', () => {
    runInRequest({ requestId: 'r1' }, () => {
      identifyRequest({ role: 'service' });
      expect(currentRequest()).toEqual({ requestId: 'r1', role: 'service' });
    });
    expect(() => identifyRequest({ role: 'service' })).not.toThrow();
  });
});
