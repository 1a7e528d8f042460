import { Injectable } from '@nestjs/common';

/** Set once this process was told to stop: probes say "not ready" before its doors close. */
@Injectable()
export class Draining {
  private begun = false;

  begin(): void {
    this.begun = true;
  }

  get active(): boolean {
    return this.begun;
  }
}
