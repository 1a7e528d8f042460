/** Red, green, blue (0 to 255) and opacity (0 to 1); null is unknown. */
export type Colour = readonly [number, number, number, number] | null;

export const WHITE: Colour = [255, 255, 255, 1];
export const BLACK: Colour = [0, 0, 0, 1];

const NAMED = new Map<string, Colour>([
  ['white', WHITE],
  ['black', BLACK],
  ['transparent', [0, 0, 0, 0]],
  ['snow', [255, 250, 250, 1]],
  ['ivory', [255, 255, 240, 1]],
  ['whitesmoke', [245, 245, 245, 1]],
  ['ghostwhite', [248, 248, 255, 1]],
  ['gray', [128, 128, 128, 1]],
  ['grey', [128, 128, 128, 1]],
  ['silver', [192, 192, 192, 1]],
  ['lightgray', [211, 211, 211, 1]],
  ['lightgrey', [211, 211, 211, 1]],
  ['gainsboro', [220, 220, 220, 1]],
  ['red', [255, 0, 0, 1]],
  ['green', [0, 128, 0, 1]],
  ['blue', [0, 0, 255, 1]],
  ['navy', [0, 0, 128, 1]],
  ['yellow', [255, 255, 0, 1]],
  ['orange', [255, 165, 0, 1]],
]);

function fromHex(hex: string): Colour {
  const wide = hex.length < 6 ? hex.replace(/./g, '$&$&') : hex;
  const channel = (at: number): number => Number.parseInt(wide.slice(at, at + 2), 16);
  return [channel(0), channel(2), channel(4), wide.length === 8 ? channel(6) / 255 : 1];
}

/** A CSS or HTML colour; null for what it does not know (gradients, variables, rare names). */
export function parseColour(source: string): Colour {
  const text = source.trim().toLowerCase();
  const named = NAMED.get(text);
  if (named) return named;
  if (/^#?(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/.test(text)) return fromHex(text.replace('#', ''));
  const rgb = /^rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})(?:[\s,/]+([\d.]{1,8})(%?))?\s*\)$/.exec(
    text,
  );
  if (!rgb) return null;
  const alpha = rgb[4] === undefined ? 1 : Number(rgb[4]) / (rgb[5] === '%' ? 100 : 1);
  return [Number(rgb[1]), Number(rgb[2]), Number(rgb[3]), alpha];
}

/** What the eye sees where one colour lies on another; null if either is unknown. */
export function blend(top: Colour, below: Colour): Colour {
  if (top === null || top[3] >= 1) return top;
  if (below === null) return null;
  const mix = (at: 0 | 1 | 2): number => top[at] * top[3] + below[at] * (1 - top[3]);
  return [mix(0), mix(1), mix(2), 1];
}

const ALIKE = 10;

/** The eye cannot tell these apart: each channel differs by 10 of 255 at most. */
export function looksSame(one: Colour, other: Colour): boolean {
  if (one === null || other === null) return false;
  return ([0, 1, 2] as const).every((channel) => Math.abs(one[channel] - other[channel]) <= ALIKE);
}
