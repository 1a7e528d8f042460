import { join } from 'node:path';
import { loadEmlDirectory } from '../../sandbox/google/mailbox-loader';
import { cleanRawMail } from '../../src/email/cleaning';
import type { BenchOptions } from './options';
import { quantile, Report } from './report';

const sizes = [1, 10, 100];

/** Mails of the sample inbox from MIME to the text their senders wrote, and how the time grows with a mail's length. */
export function benchClean({ quick, seconds, rounds }: BenchOptions): Promise<void> {
  const report = new Report('clean', quick);
  const mails = loadEmlDirectory(join(__dirname, '..', '..', 'sandbox', 'inbox'));
  for (const { raw } of mails) cleanRawMail(raw);
  for (let round = 0; round < rounds; round += 1) {
    const times: number[] = [];
    let bytes = 0;
    const began = performance.now();
    for (let n = 0; performance.now() - began < seconds * 1_000; n += 1) {
      const raw = mails[n % mails.length]?.raw ?? Buffer.alloc(0);
      const start = performance.now();
      cleanRawMail(raw);
      times.push(performance.now() - start);
      bytes += raw.length;
    }
    report.add('sample inbox', 'inbrief', 'mails/s', times.length / seconds);
    report.add('sample inbox, bytes', 'inbrief', 'MB/s', bytes / seconds / 1e6);
    report.add('sample inbox, p95', 'inbrief', 'ms', quantile(times, 0.95));
  }
  const costs = sizes.map((size) => {
    const raw = longMail(size * 200);
    cleanRawMail(raw);
    const began = performance.now();
    const runs = Math.max(1, Math.round(200 / size));
    for (let n = 0; n < runs; n += 1) cleanRawMail(raw);
    const ms = (performance.now() - began) / runs;
    report.add(`HTML mail of ${Math.round(raw.length / 1_024)} KiB`, 'inbrief', 'ms', ms);
    return ms;
  });
  report.atMost('exponent of time over length', exponent(sizes, costs), 1.15);
  report.finish();
  return Promise.resolve();
}

function longMail(paragraphs: number): Buffer {
  const body = Array.from(
    { length: paragraphs },
    (_, n) =>
      `<p>Paragraph ${n} of <b>a long letter</b> with a <a href="https://example.com/${n}">link</a>.</p>`,
  ).join('\r\n');
  const head = 'From: a@example.com\r\nSubject: Long\r\nContent-Type: text/html; charset=utf-8\r\n\r\n';
  return Buffer.from(`${head}<html><body>${body}</body></html>`);
}

/** The power of x that y grows with: the slope of a line through their logarithms. */
export function exponent(x: readonly number[], y: readonly number[]): number {
  const [logX, logY] = [x.map(Math.log), y.map(Math.log)];
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(logX), mean(logY)];
  const up = logX.reduce((sum, value, n) => sum + (value - meanX) * ((logY[n] ?? 0) - meanY), 0);
  return up / logX.reduce((sum, value) => sum + (value - meanX) ** 2, 0);
}
