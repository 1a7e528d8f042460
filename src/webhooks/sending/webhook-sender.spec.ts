import { request } from 'node:http';
import type { LookupFunction } from 'node:net';
import tls from 'node:tls';
import { TinyServer } from '../../../test/support/tiny-server';
import { testEnv } from '../../../test/support/env';
import { guardedLookup } from './guarded-lookup';
import { codeOf } from './send-failure';
import { WebhookSender } from './webhook-sender';

const headers = { 'webhook-id': 'msg_1' };
const payload = '{"a":"ü"}';
const untilDeadline = 300;

describe('sending a webhook', () => {
  let receiver: TinyServer;
  const looked: string[] = [];
  let addresses: string[] = [];
  const resolve = (hostname: string) => {
    looked.push(hostname);
    return Promise.resolve(addresses);
  };
  const send = (path = '/hook', base = receiver.url) =>
    new WebhookSender(
      testEnv('postgres://nowhere/x', {
        WEBHOOK_TRUSTED_ORIGINS: [
          receiver.url,
          receiver.url.replace('http', 'https'),
          'http://127.0.0.1:9',
        ].join(),
        WEBHOOK_TIMEOUT_MS: String(untilDeadline),
      }),
      resolve,
    ).send(base + path, headers, payload);

  beforeAll(async () => {
    receiver = await new TinyServer().start();
  });
  beforeEach(() => {
    receiver.script(() => ({ body: 'fine' }));
    looked.length = 0;
    addresses = [];
  });
  afterAll(() => receiver.stop());

  it('posts the very bytes, once, and reads the answer', async () => {
    expect(await send()).toMatchObject({ status: 200, errorCode: null, responseHead: 'fine' });
    const [received, ...more] = receiver.received;
    expect(more).toEqual([]);
    expect(received).toMatchObject({ method: 'POST', path: '/hook', body: payload });
    expect(received?.headers).toMatchObject({ 'webhook-id': 'msg_1', 'content-type': 'application/json' });
  });

  // Mutant: `fetch` with its default of following.
  it('follows no redirect', async () => {
    receiver.script(() => ({ status: 307, headers: { location: `${receiver.url}/inside` } }));
    expect(await send()).toMatchObject({ status: 307, errorCode: 'redirected' });
    expect(receiver.received.map(({ path }) => path)).toEqual(['/hook']);
  });

  it.each([
    [204, null],
    [410, 'gone'],
    [404, 'http-error'],
    [503, 'http-error'],
  ])('takes %i as %s', async (status, errorCode) => {
    receiver.script(() => ({ status, headers: { 'retry-after': '7' } }));
    expect(await send()).toMatchObject({ status, errorCode, retryAfter: 7 });
  });

  it('does not wait for ever: for an answer, nor for the rest of one', async () => {
    receiver.script(() => new Promise(() => undefined));
    expect(await send()).toMatchObject({ status: null, errorCode: 'timeout' });
    receiver.script((_request, response) => {
      response.writeHead(200).write('and so');
      return undefined;
    });
    const cut = await send();
    expect(cut).toMatchObject({ status: 200, errorCode: null, responseHead: 'and so' });
    expect(cut.latencyMs).toBeLessThan(10 * untilDeadline);
  });

  // Mutant: collecting the whole body; this one never ends.
  it('reads no more than the head of an answer, and keeps nothing of it that is a secret', async () => {
    let written = 0;
    receiver.script((_request, response) => {
      response.writeHead(500);
      response.write(`\u0000whsec_${'s'.repeat(44)} v1,${'g'.repeat(44)} ‮back`);
      const more = setInterval(() => (written += response.write('x'.repeat(65_536)) ? 1 : 0), 1);
      response.on('close', () => clearInterval(more));
      return undefined;
    });
    const { responseHead, latencyMs } = await send();
    expect(responseHead).toMatch(/^\[secret\] \[signature\] +backx+$/);
    expect(responseHead?.length).toBe(500);
    expect(latencyMs).toBeLessThan(untilDeadline);
    expect(written).toBeLessThan(100);
  });

  it.each([
    ['connection-failed', 'http://127.0.0.1:9', []],
    ['not-https', 'http://example.com', []],
    ['private-address', 'https://127.0.0.1:8443', []],
    ['private-address', 'https://inside.example', ['10.0.0.1']],
    ['private-address', 'https://both.example', ['93.184.216.34', '169.254.169.254']],
    ['private-address', 'https://mapped.example', ['::ffff:127.0.0.1']],
    ['dns-failed', 'https://nowhere.example', []],
  ])('says %s of %s', async (errorCode, base, found) => {
    addresses = found;
    expect(await send('/', base)).toMatchObject({ status: null, errorCode, responseHead: null });
  });

  it('says tls-failed of a receiver that speaks none', async () => {
    const plain = receiver.url.replace('http', 'https');
    expect(await send('/', plain)).toMatchObject({ status: null, errorCode: 'tls-failed' });
  });

  // Mutant: a check that resolves the name, and leaves the connection to resolve it again as it likes.
  it('has the connection itself judge what it connects to, whatever the name meant a moment ago', async () => {
    const connect = jest.spyOn(tls, 'connect').mockImplementation(() => {
      throw new Error('Not in a spec');
    });
    await send('/', 'https://rebind.example');
    const [options] = connect.mock.calls[0] as unknown as [{ host: string; lookup: LookupFunction }];
    connect.mockRestore();
    const ask = () =>
      new Promise((answer) => options.lookup(options.host, { all: true }, (...all) => answer(all)));
    addresses = ['93.184.216.34'];
    expect(await ask()).toEqual([null, [{ address: '93.184.216.34', family: 4 }]]);
    addresses = ['127.0.0.1'];
    expect(await ask()).toEqual([expect.objectContaining({ code: 'private-address' }), []]);
    expect(looked).toEqual(['rebind.example', 'rebind.example']);
  });

  // Mutants: a lookup that answers before it judges; one that judges the first address alone.
  it.each([[['127.0.0.1']], [['93.184.216.34', '127.0.0.1']], [['::1', '127.0.0.1']]])(
    'opens no connection to a name that answers %j',
    async (found) => {
      addresses = found;
      const { port } = new URL(receiver.url);
      const failed = new Promise((answer) => {
        request(`http://rebind.example:${port}/`, { lookup: guardedLookup(resolve) })
          .on('error', (error) => answer(codeOf(error)))
          .on('response', () => answer('connected'))
          .end();
      });
      expect(await failed).toBe('private-address');
      expect(receiver.received).toEqual([]);
    },
  );

  it('asks DNS in vain as a failure, whatever it throws', async () => {
    const lookup = guardedLookup(() => Promise.reject(new Error('SERVFAIL')));
    const error = await new Promise((answer) => lookup('x.example', {}, answer));
    expect(codeOf(error)).toBe('dns-failed');
  });

  it('gives one address where one is asked for, and all where all are', async () => {
    addresses = ['93.184.216.34', '2606:4700::1111'];
    const ask = (all: boolean) =>
      new Promise((answer) => guardedLookup(resolve)('x.example', { all }, (...found) => answer(found)));
    expect(await ask(false)).toEqual([null, '93.184.216.34', 4]);
    expect(await ask(true)).toEqual([
      null,
      [
        { address: '93.184.216.34', family: 4 },
        { address: '2606:4700::1111', family: 6 },
      ],
    ]);
  });
});
