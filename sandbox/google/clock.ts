/** The emulator's time: the given clock plus what tests have put it forward. */
export class EmulatorClock {
  private ahead = 0;

  constructor(private readonly base: () => number) {}

  /** Epoch ms. */
  readonly now = (): number => this.base() + this.ahead;

  advance(ms: number): void {
    this.ahead += ms;
  }

  reset(): void {
    this.ahead = 0;
  }
}
