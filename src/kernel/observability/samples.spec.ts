import { Logger } from '@nestjs/common';
import { Metrics } from './metrics';
import { Exposition } from './exposition';
import { Samples } from './samples';

beforeAll(() => {
  Logger.overrideLogger(false);
});

describe('samples for the metrics', () => {
  const metrics = new Metrics();
  const samples = new Samples(metrics);
  const exposition = new Exposition(metrics, samples);
  let taken = 0;
  const depth = metrics.gauge('inbrief_depth', 'Test.');
  samples.add('depth', () => {
    depth.set(++taken);
    return Promise.resolve();
  });
  samples.add('broken', () => Promise.reject(new Error('down')));
  afterAll(() => samples.onModuleDestroy());

  // Mutant: `take` called by `scraped`.
  it('are taken by a loop that the first scrape begins, and never by a scrape', async () => {
    expect(taken).toBe(0);
    for (let scrapes = 0; scrapes < 5; scrapes += 1)
      expect((await exposition.scrape()).text).toContain('inbrief_depth 1');
    expect(taken).toBe(1);
  });

  it('that fail keep the others, and their last value with its age', async () => {
    const { text } = await exposition.scrape();
    expect(text).toMatch(/inbrief_sample_timestamp_seconds\{sample="depth"\} \d+/);
    expect(text).not.toContain('sample="broken"');
  });

  it('do not hold a scrape up while the first of them does not come', async () => {
    const slow = new Samples(new Metrics());
    let end: () => void = () => undefined;
    slow.add('slow', () => new Promise((resolve) => (end = resolve)));
    const begun = performance.now();
    await slow.scraped();
    expect(performance.now() - begun).toBeLessThan(4_000);
    end();
    await slow.onModuleDestroy();
  });
});
