import { digestOf } from './entity-tag';

/** What an edit can change of an answer. */
export type EditableOf<T> = (answer: T) => unknown;

export const EDITABLE = 'inbrief:editable';

/** Names a state of what an edit can change. */
export function versionOf(editable: unknown): string {
  return digestOf(JSON.stringify(editable));
}
