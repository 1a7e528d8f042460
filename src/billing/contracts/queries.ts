import { Query } from '@nestjs/cqrs';

/** Credits a user has: `available` to spend, `held` for work under way, and what was captured and granted so far. */
export interface Balance {
  available: number;
  held: number;
  captured: number;
  granted: number;
}

export class GetBalance extends Query<Balance> {
  constructor(readonly userId: string) {
    super();
  }
}
