import type { Summary } from '../sdk.ts';

/** A word and a shape, so that the colour is never the only thing that tells. */
export function Urgency({ of }: { of: Summary['urgency'] }) {
  return <span class={`urgency ${of}`}>{of}</span>;
}
