import { Logger } from '@nestjs/common';
import { Loop } from '../worker/loop';
import { RunsInWorker, type WorkerTask } from '../worker/worker-task';
import { anchorText, AuditChain } from './audit-chain';

const everyMs = 30_000;

/**
 * Seals what the audit log gained, about a minute after it was written. Every worker does; on one head only one of them
 * succeeds. The head goes to the log, where whoever can rewrite the database cannot reach it.
 */
@RunsInWorker()
export class SealAuditLog implements WorkerTask {
  private readonly logger = new Logger(SealAuditLog.name);
  private readonly loop: Loop;

  constructor(private readonly chain: AuditChain) {
    this.loop = new Loop(SealAuditLog.name, () => this.sealOnce(), everyMs);
  }

  start(): void {
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  /** One block; true when there may be another. */
  async sealOnce(): Promise<boolean> {
    const block = await this.chain.seal();
    if (!block) return false;
    const head = anchorText({ block: block.seq, hash: Buffer.from(block.hash).toString('hex') });
    this.logger.log({ head, rows: block.rows }, 'Audit log sealed');
    return true;
  }
}
