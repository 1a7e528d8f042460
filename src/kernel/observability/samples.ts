import { AsyncResource } from 'node:async_hooks';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Loop } from '../worker/loop';
import { WakeUp } from '../worker/wake-up';
import { Metrics } from './metrics';

/** Milliseconds between two samples; Prometheus scrapes twice as seldom, as a rule. */
const everyMs = 10_000;
/** Milliseconds that the first scrape waits for the first sample; those after it wait for nothing. */
const patienceMs = 2_000;

/**
 * Facts that all processes share and that cost a query: the depth of queues, what an audit found. They are taken by a loop,
 * never by a scrape, so that a scrape costs the same however many there are and however slow Postgres is. The loop begins
 * with the first scrape: a process that nobody scrapes asks nothing. A sample that fails keeps its last value; its
 * `inbrief_sample_timestamp_seconds` tells how old that is.
 */
@Injectable()
export class Samples implements OnModuleDestroy {
  private readonly logger = new Logger(Samples.name);
  private readonly takers = new Map<string, () => Promise<void>>();
  private readonly wakeUp = new WakeUp();
  private readonly loop = new Loop(Samples.name, () => this.round(), everyMs, this.wakeUp);
  /** Bound to where it was made: what is logged in the loop belongs to no scrape. */
  private readonly begin = AsyncResource.bind(() => this.loop.start());
  private readonly takenAt;
  private first: Promise<void> | undefined;
  private firstTaken: () => void = () => undefined;

  constructor(metrics: Metrics) {
    this.takenAt = metrics.gauge(
      'inbrief_sample_timestamp_seconds',
      'When what costs a query was last asked for successfully, by what it is.',
      ['sample'],
    );
  }

  /** Has `take` set its gauges every ten seconds. */
  add(sample: string, take: () => Promise<void>): void {
    this.takers.set(sample, take);
  }

  /** A scrape is served: begins the loop at the first one and waits for its first round, two seconds at most. */
  async scraped(): Promise<void> {
    if (!this.first) {
      this.first = new Promise((resolve) => (this.firstTaken = resolve));
      this.begin();
    }
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, patienceMs)));
    await Promise.race([this.first, late]);
    clearTimeout(timer);
  }

  /** Takes every sample once, now. */
  async take(): Promise<void> {
    await Promise.all([...this.takers].map(([sample, take]) => this.takeOne(sample, take)));
  }

  async onModuleDestroy(): Promise<void> {
    await this.loop.stop();
  }

  private async round(): Promise<boolean> {
    await this.take();
    this.firstTaken();
    return false;
  }

  private async takeOne(sample: string, take: () => Promise<void>): Promise<void> {
    try {
      await take();
      this.takenAt.set({ sample }, Date.now() / 1_000);
    } catch (error) {
      this.logger.warn({ err: error, sample }, 'A sample for the metrics could not be taken');
    }
  }
}
