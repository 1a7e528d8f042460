const registry = new Map<string, EventClass>();
const subjects = new Map<string, string>();

/** Something that happened, past tense. Carries ids and plain values only: it travels as JSON through the outbox. */
export interface DomainEvent {
  /** The tenant it happened to; null for the system itself. */
  readonly userId: string | null;
}

export type EventClass<E extends DomainEvent = DomainEvent> = (new (...args: never[]) => E) & {
  type?: string;
};

/**
 * Names an event for good, apart from its class: `module.past-tense.v1`.
 * @param subject the property that holds the id of what it happened to; the outbox indexes it.
 */
export function Event(type: string, subject?: string): ClassDecorator {
  return (target) => {
    if (registry.has(type)) throw new Error(`Two events are called ${type}`);
    registry.set(type, target as unknown as EventClass);
    if (subject) subjects.set(type, subject);
    Object.defineProperty(target, 'type', { value: type, enumerable: true });
  };
}

/** The stable name of an event's class. */
export function typeOf(event: DomainEvent | EventClass): string {
  const type = (typeof event === 'function' ? event : (event.constructor as EventClass)).type;
  if (!type) throw new Error('This class carries no @Event name');
  return type;
}

/** The id of what the event happened to, or null. */
export function subjectOf(event: DomainEvent): string | null {
  const property = subjects.get(typeOf(event));
  const value = property === undefined ? undefined : (event as unknown as Record<string, unknown>)[property];
  return typeof value === 'string' ? value : null;
}

/** An instance of the event's class from its JSON; undefined when this build knows no such event. */
export function revive(type: string, payload: object): DomainEvent | undefined {
  const eventClass = registry.get(type);
  return (
    eventClass &&
    (Object.assign(Object.create(eventClass.prototype as object) as object, payload) as DomainEvent)
  );
}
