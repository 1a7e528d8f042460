import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService, Reflector } from '@nestjs/core';
import type { ICommand } from '@nestjs/cqrs';
import { type DomainEvent, type EventClass, typeOf } from '../cqrs/domain-event';
import { type Occurrence, type Saga, SAGA_EVENT } from '../cqrs/saga';

/** All sagas of the application, by the event they react to. */
@Injectable()
export class SagaRegistry implements OnApplicationBootstrap {
  private readonly sagas = new Map<string, Saga[]>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly reflector: Reflector,
  ) {}

  onApplicationBootstrap(): void {
    for (const { instance, metatype } of this.discovery.getProviders()) {
      if (!metatype || !instance) continue;
      const event = this.reflector.get<EventClass | undefined>(SAGA_EVENT, metatype);
      if (event) this.add(typeOf(event), instance as Saga);
    }
  }

  /** The commands that follow from an event, over all of its sagas. */
  commandsFor(event: DomainEvent, occurrence: Occurrence): ICommand[] {
    return (this.sagas.get(typeOf(event)) ?? []).flatMap((saga) => saga.react(event, occurrence));
  }

  private add(type: string, saga: Saga): void {
    this.sagas.set(type, [...(this.sagas.get(type) ?? []), saga]);
  }
}
