import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, type Metric, Registry } from 'prom-client';
import { Breakers } from '../resilience/breakers';

/** Seconds: from a cached read to a slow upstream. */
const durationBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/**
 * The process's metrics. Names are `inbrief_*` with their unit; asking for a name again gives the same metric. Labels
 * take few values: never an id, an address or a text.
 */
@Injectable()
export class Metrics {
  /** The circuit breakers of this process. */
  readonly breakers = new Breakers();
  private readonly registry = new Registry();

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  counter<L extends string>(name: string, help: string, labelNames: readonly L[] = []): Counter<L> {
    return this.once(name, Counter<L>, (registers) => new Counter({ name, help, labelNames, registers }));
  }

  /** @param collect runs at each scrape and sets the gauge, for what is cheaper to ask for than to keep. */
  gauge<L extends string>(
    name: string,
    help: string,
    labelNames: readonly L[] = [],
    collect?: (gauge: Gauge<L>) => void | Promise<void>,
  ): Gauge<L> {
    return this.once(name, Gauge<L>, (registers) => {
      const gauge = new Gauge<L>({
        name,
        help,
        labelNames,
        registers,
        collect: (): void | Promise<void> => collect?.(gauge),
      });
      return gauge;
    });
  }

  /** @param buckets upper bounds; by default those of a duration in seconds. */
  histogram<L extends string>(
    name: string,
    help: string,
    labelNames: readonly L[] = [],
    buckets: number[] = durationBuckets,
  ): Histogram<L> {
    return this.once(
      name,
      Histogram<L>,
      (registers) => new Histogram({ name, help, labelNames, registers, buckets }),
    );
  }

  /** Prometheus' text format, and its media type. */
  async expose(): Promise<{ contentType: string; text: string }> {
    return { contentType: this.registry.contentType, text: await this.registry.metrics() };
  }

  private once<M extends Metric>(
    name: string,
    kind: abstract new (...args: never[]) => M,
    create: (registers: Registry[]) => M,
  ): M {
    const known = this.registry.getSingleMetric(name);
    if (known instanceof kind) return known;
    if (known) throw new Error(`${name} is a metric of another kind`);
    if (!/^inbrief_[a-z_]+$/.test(name)) throw new Error(`${name} must be called inbrief_…`);
    return create([this.registry]);
  }
}
