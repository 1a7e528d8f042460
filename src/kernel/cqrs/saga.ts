import { applyDecorators, Injectable, SetMetadata } from '@nestjs/common';
import type { ICommand } from '@nestjs/cqrs';
import type { DomainEvent, EventClass } from './domain-event';

export const SAGA_EVENT = Symbol('saga.event');

/** Which event it is among those of its kind: the same however often it is relayed. */
export interface Occurrence {
  /** UUID of the event itself. */
  readonly id: string;
  /** When it happened, ISO 8601. */
  readonly at: string;
}

/** A pure function from an event to the commands that follow from it: no I/O, no clock, no state. */
export interface Saga<E extends DomainEvent = DomainEvent> {
  react(event: E, occurrence: Occurrence): ICommand[];
}

/** Makes a provider the saga of one event: the relay awaits its commands, and retries them until they succeed. */
export function SagaOn<E extends DomainEvent>(
  event: EventClass<E>,
): (target: new (...args: never[]) => Saga<E>) => void {
  return (target) => {
    applyDecorators(Injectable(), SetMetadata(SAGA_EVENT, event))(target);
  };
}
