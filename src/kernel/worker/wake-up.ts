/** A bell inside one process. A ring that nobody heard is kept for the next one who listens. */
export class WakeUp {
  private missed = false;
  private wake: (() => void) | undefined;

  ring(): void {
    if (this.wake) this.wake();
    else this.missed = true;
  }

  /** Resolves at the next ring (at once if one was missed), and at the latest after `timeoutMs`. */
  async wait(timeoutMs: number): Promise<void> {
    if (!this.missed) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.wake = undefined;
    this.missed = false;
  }
}
