import { Injectable } from '@nestjs/common';
import { EnvDto } from '../../kernel/config/env.dto';

/** How many mails this process works on at once. */
@Injectable()
export class Places {
  private readonly size: number;
  private taken = 0;
  private isOpen = true;
  private turn: Promise<unknown> = Promise.resolve();
  private readonly bells = new Set<() => void>();

  constructor({ WORKER_CONCURRENCY }: EnvDto) {
    this.size = WORKER_CONCURRENCY;
  }

  open(): void {
    this.isOpen = true;
  }

  /** Nobody gets a place any more, those who wait for one included. */
  close(): void {
    this.isOpen = false;
    this.ring();
  }

  /**
   * Takes so many once they are free together, and tells whether it did; first come, first served. Who wants more than there are
   * gets them once nobody has one.
   */
  take(count: number): Promise<boolean> {
    const taken = this.turn.then(async () => {
      while (this.isOpen && this.taken > 0 && this.taken + count > this.size) await this.change();
      if (this.isOpen) this.taken += count;
      return this.isOpen;
    });
    this.turn = taken;
    return taken;
  }

  leave(count = 1): void {
    this.taken -= count;
    this.ring();
  }

  /** Resolves when nobody has a place. */
  async empty(): Promise<void> {
    while (this.taken > 0) await this.change();
  }

  private ring(): void {
    for (const bell of this.bells) bell();
    this.bells.clear();
  }

  private change(): Promise<void> {
    return new Promise((resolve) => this.bells.add(resolve));
  }
}
