import { Injectable } from '@nestjs/common';
import { Metrics } from './metrics';
import { Samples } from './samples';

/** What Prometheus is given, by whichever server this process has. Whoever serves it checks who asks. */
@Injectable()
export class Exposition {
  constructor(
    private readonly metrics: Metrics,
    private readonly samples: Samples,
  ) {}

  /** Prometheus' text format, and its media type. */
  async scrape(): Promise<{ contentType: string; text: string }> {
    await this.samples.scraped();
    return this.metrics.expose();
  }
}
