/** Lower-cased CSS properties of one style attribute or rule; `important` ones stand in their own map. */
export interface Declarations {
  normal: ReadonlyMap<string, string>;
  important: ReadonlyMap<string, string>;
}

const RELEVANT = new Set([
  'display',
  'visibility',
  'opacity',
  'font-size',
  'font',
  'color',
  'background',
  'background-color',
  'background-image',
  'max-height',
  'max-width',
  'height',
  'width',
  'overflow',
  'overflow-x',
  'overflow-y',
  'text-indent',
  'left',
  'top',
  'margin-left',
  'margin-top',
  'clip',
  'clip-path',
  'transform',
  'filter',
  '-webkit-text-fill-color',
]);
const MAX_STYLE = 4_000;

/** Parses the properties that decide whether text can be seen, and no others. */
export function parseDeclarations(style: string): Declarations {
  const normal = new Map<string, string>();
  const important = new Map<string, string>();
  for (const pair of style.slice(0, MAX_STYLE).split(';')) {
    const colon = pair.indexOf(':');
    if (colon < 0) continue;
    const name = pair.slice(0, colon).trim().toLowerCase();
    if (!RELEVANT.has(name)) continue;
    const value = pair
      .slice(colon + 1)
      .trim()
      .toLowerCase();
    const bang = value.indexOf('!');
    if (bang < 0) normal.set(name, value);
    else important.set(name, value.slice(0, bang).trim());
  }
  return { normal, important };
}
