import request from 'supertest';
import { until } from '../../../sandbox/demo/journey';
import { startTestApp, type TestApp } from '../../support/app';

describe('what the service has to say to everybody', () => {
  let product: TestApp;
  beforeAll(async () => {
    product = await startTestApp({ worker: false });
  });
  afterAll(() => product.close());

  const notice = async (): Promise<(object & { until: string | null }) | null> => {
    const { body } = await request(product.http).get('/api/status').expect(200);
    return (body as { notice: { until: string | null } | null }).notice;
  };
  const set = (value: object | null) =>
    product.sql(
      `insert into system_config (key, value) values ('service.notice', $1)
       on conflict (key) do update set value = excluded.value`,
      [JSON.stringify(value)],
    );

  // Mutants: a banner that is read once, at the start; one whose end is not looked at.
  it('is told to whoever asks, signed in or not, within five seconds, and no longer than it is meant to be', async () => {
    expect(await notice()).toBeNull();
    const until8 = '2999-01-01T08:00:00+01:00';
    const began = Date.now();
    await set({ text: 'We move house at eight.', level: 'maintenance', until: until8 });
    await until(async () => (await notice()) !== null, 'the notice');
    expect(Date.now() - began).toBeLessThan(5_000);
    expect(await notice()).toEqual({
      text: 'We move house at eight.',
      level: 'maintenance',
      until: '2999-01-01T07:00:00.000Z',
    });
    await set({ text: 'Over.', level: 'outage', until: '2020-01-01T00:00:00Z' });
    await until(async () => (await notice()) === null, 'the end of it');
    await set({ text: 'News.', level: 'info' });
    await until(async () => (await notice())?.until === null, 'news without an end');
  });
});
