/** Red, green, blue (0 to 255); `none` is fully transparent, null is unknown. */
export type Colour = readonly [number, number, number] | 'none' | null;

export const WHITE: Colour = [255, 255, 255];
export const BLACK: Colour = [0, 0, 0];

const NAMED: Readonly<Record<string, Colour>> = {
  white: WHITE,
  black: BLACK,
  transparent: 'none',
  snow: [255, 250, 250],
  ivory: [255, 255, 240],
  whitesmoke: [245, 245, 245],
  ghostwhite: [248, 248, 255],
  gray: [128, 128, 128],
  grey: [128, 128, 128],
  silver: [192, 192, 192],
  lightgray: [211, 211, 211],
  lightgrey: [211, 211, 211],
  gainsboro: [220, 220, 220],
  red: [255, 0, 0],
  green: [0, 128, 0],
  blue: [0, 0, 255],
  navy: [0, 0, 128],
  yellow: [255, 255, 0],
  orange: [255, 165, 0],
};

function fromHex(hex: string): Colour {
  const wide = hex.length < 6 ? hex.replace(/./g, '$&$&') : hex;
  const value = [0, 2, 4].map((at) => Number.parseInt(wide.slice(at, at + 2), 16));
  const [red = NaN, green = NaN, blue = NaN] = value;
  if (value.some(Number.isNaN)) return null;
  return wide.length >= 8 && wide.slice(6, 8) === '00' ? 'none' : [red, green, blue];
}

/** A CSS or HTML colour; null for what it does not know (gradients, variables, rare names). */
export function parseColour(source: string): Colour {
  const text = source.trim().toLowerCase();
  if (text in NAMED) return NAMED[text] ?? null;
  const hex = /^#?([0-9a-f]{3,8})$/.exec(text);
  if (hex) return fromHex(hex[1] ?? '');
  const rgb = /^rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})(?:[\s,/]+([\d.]{1,8})(%?))?\s*\)$/.exec(
    text,
  );
  if (!rgb) return null;
  const alpha = rgb[4] === undefined ? 1 : Number(rgb[4]) / (rgb[5] === '%' ? 100 : 1);
  return alpha < 0.05 ? 'none' : [Number(rgb[1]), Number(rgb[2]), Number(rgb[3])];
}

/** The eye cannot tell these apart: each channel differs by 10 of 255 at most. */
export function looksSame(one: Colour, other: Colour): boolean {
  if (one === null || other === null || one === 'none' || other === 'none') return false;
  return one.every((channel, index) => Math.abs(channel - (other[index] ?? 0)) <= 10);
}
