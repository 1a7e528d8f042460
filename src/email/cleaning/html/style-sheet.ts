import { type Declarations, parseDeclarations } from './declarations';

/** What a selector can see of an element. */
export interface StyledElement {
  name: string;
  id: string;
  classes: readonly string[];
  attributes: Readonly<Record<string, string>>;
}

interface Compound {
  name: string;
  id: string;
  classes: string[];
  attributes: { name: string; operator: string; value: string }[];
}

interface Rule {
  /** The last compound is the element's own, the others are its ancestors', outermost first. */
  compounds: Compound[];
  weight: number;
  order: number;
  declarations: Declarations;
}

const MAX_RULES = 4_000;
const MAX_PER_KEY = 40;
const MAX_ANCESTORS = 60;
const MAX_COMPARISONS = 500_000;
const COMPOUND_PIECE =
  /([.#]?)(-?[_a-z\u0080-\uffff][\w\u0080-\uffff-]*|\*)|\[\s*([\w-]+)\s*(?:([~|^$*]?=)\s*["']?([^"'\]]*)["']?\s*)?\]/giy;

function parseCompound(source: string): Compound | null {
  const compound: Compound = { name: '', id: '', classes: [], attributes: [] };
  COMPOUND_PIECE.lastIndex = 0;
  let at = 0;
  while (at < source.length) {
    const match = COMPOUND_PIECE.exec(source);
    if (!match) return null;
    const [whole, sigil, word = '', attribute, operator = '', value = ''] = match;
    if (attribute !== undefined) compound.attributes.push({ name: attribute.toLowerCase(), operator, value });
    else if (sigil === '.') compound.classes.push(word);
    else if (sigil === '#') compound.id = word;
    else if (word !== '*') compound.name = word.toLowerCase();
    at += whole.length;
  }
  return compound;
}

function parseSelector(source: string): Compound[] | null {
  if (source.length > 300 || /[:+~]/.test(source.replace(/\[[^\]]*\]/g, ''))) return null;
  const compounds: Compound[] = [];
  for (const piece of source
    .replaceAll('>', ' ')
    .trim()
    .split(/\s+(?![^[]*\])/)) {
    const compound = parseCompound(piece);
    if (!compound) return null;
    compounds.push(compound);
  }
  return compounds;
}

function attributeMatches(actual: string | undefined, operator: string, value: string): boolean {
  if (actual === undefined) return false;
  switch (operator) {
    case '':
      return true;
    case '=':
      return actual === value;
    case '~=':
      return actual.split(/\s+/).includes(value);
    case '|=':
      return actual === value || actual.startsWith(`${value}-`);
    case '^=':
      return actual.startsWith(value);
    case '$=':
      return actual.endsWith(value);
    default:
      return actual.includes(value);
  }
}

const matches = (compound: Compound, element: StyledElement): boolean =>
  (compound.name === '' || compound.name === element.name) &&
  (compound.id === '' || compound.id === element.id) &&
  compound.classes.every((name) => element.classes.includes(name)) &&
  compound.attributes.every(({ name, operator, value }) =>
    attributeMatches(element.attributes[name], operator, value),
  );

/** Ancestor compounds are met in order, greedily from the inside; a child combinator counts as a descendant. */
function ancestorsMatch(compounds: readonly Compound[], ancestors: readonly StyledElement[]): boolean {
  let wanted = compounds.length - 2;
  const stop = Math.max(0, ancestors.length - MAX_ANCESTORS);
  for (let at = ancestors.length - 1; at >= stop && wanted >= 0; at--) {
    const [compound, ancestor] = [compounds[wanted], ancestors[at]];
    if (compound && ancestor && matches(compound, ancestor)) wanted--;
  }
  return wanted < 0;
}

/** The `<style>` rules of a mail that can hide text. Rules for small screens, print or dark mode do not count. */
export class StyleSheet {
  private readonly byKey = new Map<string, Rule[]>();
  private count = 0;
  private comparisons = 0;

  /** So many comparisons are an attack; whoever reads on would read what he cannot tell to be hidden. */
  get isExhausted(): boolean {
    return this.comparisons > MAX_COMPARISONS;
  }

  add(css: string): void {
    for (const { selectors, body } of topLevelRules(css)) {
      if (this.count >= MAX_RULES) return;
      const declarations = parseDeclarations(body);
      if (declarations.normal.size + declarations.important.size === 0) continue;
      for (const selector of selectors.split(',')) this.addRule(selector, declarations);
    }
  }

  private addRule(selector: string, declarations: Declarations): void {
    const compounds = parseSelector(selector);
    const last = compounds?.at(-1);
    if (!compounds || !last || this.count >= MAX_RULES) return;
    const key = last.id ? `#${last.id}` : last.classes[0] ? `.${last.classes[0]}` : last.name || '*';
    const rules = this.byKey.get(key) ?? [];
    if (rules.length >= MAX_PER_KEY) return;
    const weight = compounds.reduce(
      (sum, one) =>
        sum + (one.id ? 100 : 0) + (one.classes.length + one.attributes.length) * 10 + (one.name ? 1 : 0),
      0,
    );
    rules.push({ compounds, weight, order: this.count++, declarations });
    this.byKey.set(key, rules);
  }

  /** The declarations that apply to an element, weakest first. */
  match(element: StyledElement, ancestors: readonly StyledElement[]): Declarations[] {
    if (this.count === 0) return [];
    const keys = [
      '*',
      element.name,
      ...element.classes.slice(0, 20).map((name) => `.${name}`),
      `#${element.id}`,
    ];
    const found: Rule[] = [];
    for (const key of keys)
      for (const rule of this.byKey.get(key) ?? []) {
        this.comparisons++;
        const own = rule.compounds.at(-1);
        if (own && matches(own, element) && ancestorsMatch(rule.compounds, ancestors)) found.push(rule);
      }
    return found.sort((a, b) => a.weight - b.weight || a.order - b.order).map((rule) => rule.declarations);
  }
}

const APPLIES_ALWAYS = /^@(?:media\s+(?:only\s+)?(?:all|screen)\s*$|supports|layer)/i;

/** Splits a style sheet into rules, one pass; goes into at-rules that hold on every screen and skips the others. */
function* topLevelRules(source: string): Generator<{ selectors: string; body: string }> {
  const css = withoutComments(source.replaceAll('<!--', '').replaceAll('-->', ''));
  let at = 0;
  let prelude = '';
  while (at < css.length) {
    const char = css.charAt(at);
    if (char === '{') {
      const selectors = prelude.trim();
      prelude = '';
      if (selectors.startsWith('@')) {
        at = APPLIES_ALWAYS.test(selectors) ? at + 1 : endOfBlock(css, at);
        continue;
      }
      const end = css.indexOf('}', at);
      yield { selectors, body: css.slice(at + 1, end < 0 ? css.length : end) };
      if (end < 0) return;
      at = end + 1;
    } else {
      if (char === '}' || char === ';') prelude = '';
      else if (prelude.length < 2_000) prelude += char;
      at++;
    }
  }
}

/** One pass: a comment without an end reaches to the end of the sheet, as it does in a browser. */
function withoutComments(source: string): string {
  const kept: string[] = [];
  let at = 0;
  for (let open = source.indexOf('/*'); open >= 0; open = source.indexOf('/*', at)) {
    kept.push(source.slice(at, open));
    const end = source.indexOf('*/', open + 2);
    at = end < 0 ? source.length : end + 2;
  }
  return kept.join('') + source.slice(at);
}

function endOfBlock(css: string, open: number): number {
  let depth = 0;
  for (let at = open; at < css.length; at++) {
    if (css[at] === '{') depth++;
    else if (css[at] === '}' && --depth === 0) return at + 1;
  }
  return css.length;
}

/** The content of every `<style>`, found without backtracking. */
export function* styleBlocks(html: string): Generator<string> {
  const lower = html.toLowerCase();
  for (let at = lower.indexOf('<style'); at >= 0;) {
    const open = lower.indexOf('>', at);
    if (open < 0) return;
    const end = lower.indexOf('</style', open);
    yield html.slice(open + 1, end < 0 ? html.length : end);
    if (end < 0) return;
    at = lower.indexOf('<style', end);
  }
}
