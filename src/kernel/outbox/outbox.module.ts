import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { DeadLetters } from './dead-letters';
import { Outbox } from './outbox';
import { OutboxRelay } from './outbox-relay';
import { OutboxRepository } from './outbox.repository';
import { OutboxSamples } from './outbox-samples';
import { OutboxWakeUp } from './outbox-wake-up';
import { SagaRegistry } from './saga-registry';

/** Publishing in every process; the relay runs only where someone starts it. */
@Global()
@Module({
  imports: [CqrsModule.forRoot(), DiscoveryModule],
  providers: [DeadLetters, Outbox, OutboxRelay, OutboxRepository, OutboxSamples, OutboxWakeUp, SagaRegistry],
  exports: [CqrsModule, DeadLetters, Outbox, OutboxRelay, OutboxRepository],
})
export class OutboxModule {}
