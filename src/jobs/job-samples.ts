import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import { Metrics } from '../kernel/observability/metrics';
import { Samples } from '../kernel/observability/samples';
import { JobListsRepository } from './job-lists.repository';
import { TurnsRepository } from './turns.repository';

/** Lets an operator, and an autoscaler, see how much work waits and for how long. */
@Injectable()
export class JobSamples {
  constructor(
    metrics: Metrics,
    samples: Samples,
    uow: UnitOfWork,
    jobs: JobListsRepository,
    turns: TurnsRepository,
  ) {
    const gauge = <L extends string>(name: string, help: string, labels: readonly L[] = []) =>
      metrics.gauge(`inbrief_${name}`, help, labels);
    const ready = gauge('jobs_ready', 'Mails that are paid for and wait for their turn.', ['lane']);
    const oldest = gauge('jobs_oldest_ready_seconds', 'How long the oldest of them has waited.', ['lane']);
    const running = gauge('jobs_running', 'Mails that are being summarised, or are away in a batch.', [
      'lane',
    ]);
    const waiting = gauge('jobs_waiting', 'Mails handed to BullMQ and not yet started.');
    const unpaid = gauge('jobs_awaiting_credits', 'Mails that wait for their reader to buy credits.');
    const quarantined = gauge('jobs_quarantined', 'Mails that killed their workers and wait for a decision.');
    const closed = gauge('dispatch_lanes_closed', 'Mailboxes, users and models that nothing is sent to now.');
    samples.add('jobs', () =>
      uow.readAsService('measure the queue', async () => {
        for (const depth of await jobs.depthByLane()) {
          const { lane } = depth;
          ready.set({ lane }, depth.ready);
          oldest.set({ lane }, depth.oldestReadySeconds);
          running.set({ lane }, depth.running);
        }
        const depth = await jobs.queueDepth();
        waiting.set(depth.waiting);
        quarantined.set(depth.quarantined);
        unpaid.set(await jobs.countUnpaid());
        closed.set((await turns.closedLanes()).length);
      }),
    );
  }
}
