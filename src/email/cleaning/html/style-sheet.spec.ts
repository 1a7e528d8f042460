import { type StyledElement, StyleSheet, styleBlocks } from './style-sheet';

const element = (given: Partial<StyledElement> = {}): StyledElement => ({
  name: 'p',
  id: '',
  classes: [],
  attributes: {},
  ...given,
});

/** The value of `display` as the cascade of a sheet has it. */
function display(
  css: string,
  one: StyledElement,
  ancestors: readonly StyledElement[] = [],
): string | undefined {
  const sheet = new StyleSheet();
  sheet.add(css);
  return sheet.match(one, ancestors).at(-1)?.normal.get('display');
}

describe('a selector', () => {
  const link = element({
    name: 'a',
    attributes: { href: 'https://a.example/x.png', lang: 'de-AT', rel: 'me nofollow' },
  });

  it.each([
    '[href]',
    '[rel~=me]',
    '[lang|="de"]',
    '[lang|=de-AT]',
    '[href^="https:"]',
    '[href$=png]',
    "[href*='example']",
    'a[rel="me nofollow"]',
  ])('of attributes matches: %s', (selector) => {
    expect(display(`${selector}{display:none}`, link)).toBe('none');
  });

  it.each([
    '[title]',
    '[rel~=no]',
    '[lang|=d]',
    '[href^=x]',
    '[href$=gif]',
    '[href*=other]',
    '[rel=me]',
    'a:hover',
    'b + a',
    '&a',
  ])('hides nothing else: %s', (selector) => {
    expect(display(`${selector}{display:none}`, link)).toBeUndefined();
  });

  it('of ancestors wants all of them, in order', () => {
    const [table, row] = [element({ name: 'table' }), element({ name: 'tr', classes: ['off'] })];
    expect(display('table .off > p{display:none}', element(), [table, row])).toBe('none');
    expect(display('table .off > p{display:none}', element(), [row, table])).toBeUndefined();
  });

  it('that is more precise wins, whatever the order', () => {
    const css = '#one{display:block} .a{display:none} *{display:inline}';
    expect(display(css, element({ id: 'one', classes: ['a'] }))).toBe('block');
    expect(display(css, element({ classes: ['a'] }))).toBe('none');
    expect(display(css, element())).toBe('inline');
  });
});

describe('a style sheet', () => {
  it.each([
    ['comments', '/* a{} */ p/**/ { /* preheader */ display:none }'],
    ['comments of old HTML', '<!-- p{display:none} -->'],
    ['an import before it', '@import url(x.css); p{display:none}'],
    ['a missing end', 'p{display:none'],
    ['a screen of any size', '@media only screen { p{display:none} }'],
    ['a feature query', '@supports (display:grid) { a{color:red} p{display:none} }'],
  ])('is read with %s', (_, css) => {
    expect(display(css, element())).toBe('none');
  });

  it.each([
    ['small screens', '@media screen and (max-width:600px){ a{color:red} p{display:none} }'],
    ['print, left open', '@media print { p{display:none}'],
    ['a comment without an end', 'a{color:red} /* p{display:none}'],
    ['nothing that hides', 'p{margin:0}'],
  ])('says nothing by %s', (_, css) => {
    expect(display(css, element())).toBeUndefined();
  });

  it('goes on after a block for other screens', () => {
    expect(display('@media print { a{color:red} } p{display:none}', element())).toBe('none');
  });

  it('takes so many rules at most, of all and of one key', () => {
    const many = Array.from({ length: 4_000 }, (_, at) => `.c${at}{color:red}`).join('');
    expect(display(`${many}p{display:none}`, element())).toBeUndefined();
    expect(display(`${'p.x,'.repeat(4_000)}p{display:none}`, element())).toBe('none');
  });

  // Mutant: comparisons that are not counted, so that a hostile sheet costs minutes.
  it('is exhausted by an attack', () => {
    const sheet = new StyleSheet();
    sheet.add(Array.from({ length: 40 }, () => 'b p{display:none}').join(''));
    for (let at = 0; at < 12_500; at++) sheet.match(element(), []);
    expect(sheet.isExhausted).toBe(false);
    sheet.match(element(), []);
    expect(sheet.isExhausted).toBe(true);
  });

  it('is found in every style element, torn ones included', () => {
    expect([...styleBlocks('<STYLE type="text/css">a</style><p><style>b')]).toEqual(['a', 'b']);
    expect([...styleBlocks('<style')]).toEqual([]);
  });
});
