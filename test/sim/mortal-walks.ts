import { WalksRepository, type FoundMail, type WalkProgress } from '../../src/gmail/walks.repository';
import type { UnitOfWork } from '../../src/kernel/database/unit-of-work';
import type { Chance } from './random';

/** The walker's process died at this statement. */
export class Killed extends Error {}

/** The walks' repository of a process that may die before or after any of its statements, and then does nothing more. */
export class MortalWalks extends WalksRepository {
  private dead = false;

  constructor(
    uow: UnitOfWork,
    private readonly chance: Chance,
    private readonly deadliness: number,
  ) {
    super(uow);
  }

  override known(connectionId: string, ids: string[]): Promise<Set<string>> {
    return this.riskily(() => super.known(connectionId, ids));
  }

  override advance(id: string, lease: string, progress: WalkProgress): Promise<boolean> {
    return this.riskily(() => super.advance(id, lease, progress));
  }

  override discover(
    userId: string,
    id: string,
    runId: string,
    mails: readonly FoundMail[],
  ): Promise<string[]> {
    return this.riskily(() => super.discover(userId, id, runId, mails));
  }

  override finish(id: string, lease: string, through: Date, despitePush: boolean): Promise<boolean> {
    return this.riskily(() => super.finish(id, lease, through, despitePush));
  }

  override async fail(id: string, lease: string, code: string): Promise<void> {
    if (!this.dead) await super.fail(id, lease, code);
  }

  override extend(id: string, lease: string, ms: number): Promise<boolean> {
    return this.dead ? Promise.resolve(false) : super.extend(id, lease, ms);
  }

  private async riskily<T>(work: () => Promise<T>): Promise<T> {
    this.maybeDie();
    const result = await work();
    this.maybeDie();
    return result;
  }

  private maybeDie(): void {
    this.dead ||= this.chance.hits(this.deadliness);
    if (this.dead) throw new Killed();
  }
}
