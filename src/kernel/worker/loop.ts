import { Logger } from '@nestjs/common';
import { WakeUp } from './wake-up';

/**
 * Repeats `round` until it is stopped: at once while a round says there is more, otherwise after a ring or `idleMs`. A
 * round that throws is logged and tried again after `idleMs`; it never ends the loop. Rings that come one upon the other share
 * rounds: those begin `apartMs` from each other at least.
 */
export class Loop {
  private readonly logger: Logger;
  private running: Promise<void> | undefined;
  private stopping = false;
  private readonly pause = new WakeUp();

  constructor(
    private readonly name: string,
    private readonly round: () => Promise<boolean>,
    private readonly idleMs: number,
    private readonly wakeUp: WakeUp = new WakeUp(),
    private readonly apartMs = 0,
  ) {
    this.logger = new Logger(name);
  }

  start(): void {
    this.stopping = false;
    this.running ??= this.run();
  }

  /** Resolves when the round under way has ended. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wakeUp.ring();
    this.pause.ring();
    await this.running;
    this.running = undefined;
  }

  private async run(): Promise<void> {
    while (!this.isStopping()) {
      const began = performance.now();
      const more = await this.round().catch((error: unknown) => {
        this.logger.warn({ err: error }, `${this.name} failed this time; trying again`);
        return false;
      });
      if (more || this.isStopping()) continue;
      await this.wakeUp.wait(this.idleMs);
      const early = this.apartMs - (performance.now() - began);
      if (early > 0 && !this.isStopping()) await this.pause.wait(early);
    }
  }

  private isStopping(): boolean {
    return this.stopping;
  }
}
