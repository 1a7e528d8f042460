import { BLACK, blend, type Colour, looksSame, parseColour, WHITE } from './colour';
import { type Declarations } from './declarations';

/** What an element hands down to its text. */
export interface Visibility {
  /** Gone for good: nothing inside can come back. */
  isGone: boolean;
  /** `visibility: hidden`, which a descendant may undo. */
  isInvisible: boolean;
  /** In pixels, as far as it can be told; text below 2 px cannot be read. */
  fontSize: number;
  colour: Colour;
  background: Colour;
}

export const PAGE: Visibility = {
  isGone: false,
  isInvisible: false,
  fontSize: 16,
  colour: BLACK,
  background: WHITE,
};

const UNREADABLE_SIZE = 2;
const INVISIBLE_OPACITY = 0.05;
const FAR_AWAY = -500;
const SIZE = /^(-?[\d.]{1,12})\s*(px|pt|em|rem|ex|ch|%|vw|vh|mm|cm|in|pc)?$/;

/** Text here cannot be seen. */
export const hidesText = (state: Visibility): boolean =>
  state.isGone ||
  state.isInvisible ||
  state.fontSize < UNREADABLE_SIZE ||
  (state.colour !== null && state.colour[3] < INVISIBLE_OPACITY) ||
  looksSame(blend(state.colour, state.background), state.background);

function length(value: string | undefined): number | null {
  const match = SIZE.exec(value ?? '');
  return match ? Number(match[1]) : null;
}

function fontSizeOf(value: string, parent: number): number {
  const match = SIZE.exec(value);
  if (!match) return /^(?:(?:x+-)?(?:small|large)|medium)$/.test(value) ? 16 : parent;
  const size = Number(match[1]);
  switch (match[2]) {
    case 'em':
    case 'ex':
    case 'ch':
      return size * parent;
    case '%':
      return (size / 100) * parent;
    case 'rem':
      return size * 16;
    case 'vw':
    case 'vh':
      return size * 8;
    default:
      return size;
  }
}

const isNothing = (value: string | undefined): boolean => {
  const size = length(value);
  return size !== null && Math.abs(size) <= 1;
};

function isGone(style: ReadonlyMap<string, string>): boolean {
  if (style.get('display') === 'none') return true;
  const opacity = style.get('opacity');
  if (opacity !== undefined && (length(opacity) ?? 1) < (opacity.endsWith('%') ? 5 : 0.05)) return true;
  if (/opacity\(\s*0?\.?0*%?\s*\)|alpha\(opacity=0\)/.test(style.get('filter') ?? '')) return true;
  if (/scale(?:3d|x|y)?\(\s*0(?:\.0+)?\s*[,)]/.test(style.get('transform') ?? '')) return true;
  if (
    /rect\(\s*(?:0|1px)(?:px)?[\s,]+(?:0|1px)(?:px)?[\s,]+(?:0|1px)(?:px)?[\s,]/.test(style.get('clip') ?? '')
  )
    return true;
  if (/inset\(\s*(?:50|100)%|circle\(\s*0/.test(style.get('clip-path') ?? '')) return true;
  const far = ['text-indent', 'left', 'top', 'margin-left', 'margin-top'];
  if (far.some((name) => (length(style.get(name)) ?? 0) <= FAR_AWAY)) return true;
  const isClipped = ['overflow', 'overflow-x', 'overflow-y'].some((name) =>
    /hidden|clip/.test(style.get(name) ?? ''),
  );
  return (
    isClipped && ['max-height', 'max-width', 'height', 'width'].some((name) => isNothing(style.get(name)))
  );
}

/** A background picture or gradient may have any colour. */
function backgroundOf(style: ReadonlyMap<string, string>, parent: Colour): Colour {
  const image = style.get('background-image');
  if (image !== undefined && image !== 'none') return null;
  const value = style.get('background-color') ?? style.get('background');
  if (value === undefined || value === 'none' || value === 'inherit') return parent;
  if (value.includes('url(') || value.includes('gradient')) return null;
  const colour = parseColour(value) ?? parseColour(value.replace(/\s(?![^(]*\)).*$/s, ''));
  return blend(colour, parent);
}

/** The state of an element from its parent's, the rules that match it, and its attributes. */
export function inheritVisibility(
  parent: Visibility,
  rules: readonly Declarations[],
  inline: Declarations | null,
  attributes: Readonly<Record<string, string>>,
): Visibility {
  const style = new Map<string, string>();
  if (attributes.bgcolor) style.set('background-color', attributes.bgcolor);
  if (attributes.background) style.set('background-image', 'url()');
  if (attributes.color) style.set('color', attributes.color);
  const layers = inline ? [...rules, inline] : rules;
  for (const layer of layers) for (const [name, value] of layer.normal) style.set(name, value);
  for (const layer of layers) for (const [name, value] of layer.important) style.set(name, value);
  if (style.size === 0 && attributes.hidden === undefined) return parent;
  const font = /(?:^|\s)(0(?:px|pt|em|%)?)\s*\//.exec(style.get('font') ?? '');
  const visibility = style.get('visibility');
  const colour = style.get('-webkit-text-fill-color') ?? style.get('color');
  return {
    isGone: parent.isGone || attributes.hidden !== undefined || isGone(style),
    isInvisible:
      visibility === undefined || visibility === 'inherit' ? parent.isInvisible : visibility !== 'visible',
    fontSize: fontSizeOf(style.get('font-size') ?? font?.[1] ?? 'inherit', parent.fontSize),
    colour: colour === undefined || colour === 'inherit' ? parent.colour : parseColour(colour),
    background: backgroundOf(style, parent.background),
  };
}
