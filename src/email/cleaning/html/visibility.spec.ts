import { parseDeclarations } from './declarations';
import { hidesText, inheritVisibility, PAGE, type Visibility } from './visibility';

const styled = (
  style: string,
  parent: Visibility = PAGE,
  attributes: Record<string, string> = {},
): Visibility => inheritVisibility(parent, [], parseDeclarations(style), attributes);

describe('text is hidden', () => {
  it.each([
    'display:none',
    'visibility:hidden',
    'opacity:0',
    'opacity:4%',
    'filter:alpha(opacity=0)',
    'filter:opacity(0%)',
    'transform:scale(0)',
    'clip:rect(0,0,0,0)',
    'clip-path:inset(50%)',
    'text-indent:-9999px',
    'overflow:hidden;max-height:0',
    'overflow-x:clip;width:1px',
    'font-size:0',
    'font:0/0 a',
    'font-size:.1em',
    'font-size:5%',
    'font-size:.1rem',
    'font-size:.1vw',
    'color:transparent',
    'color:#fefefe',
    'color:black;background:#000 none',
    'color:rgb(1,1,1);background:rgb(0, 0, 0) no-repeat',
    'color:red;-webkit-text-fill-color:white',
    'display:block;display:none!important;display:inline',
  ])('by %s', (style) => {
    expect(hidesText(styled(style))).toBe(true);
  });

  it('by attributes', () => {
    expect(hidesText(styled('', PAGE, { hidden: '' }))).toBe(true);
    expect(hidesText(styled('', PAGE, { color: '#fff' }))).toBe(true);
    expect(hidesText(styled('', PAGE, { bgcolor: 'black' }))).toBe(true);
  });
});

describe('text is seen', () => {
  it.each([
    'opacity:.5',
    'opacity:50%',
    'opacity:inherit',
    'text-indent:-20px',
    'overflow:hidden;height:20px',
    'max-height:0',
    'font-size:small',
    'font-size:larger',
    'font-size:2vw',
    'font:12px/0 a',
    'color:inherit;background:inherit',
    'color:white;background:url(sky.png)',
    'color:white;background:linear-gradient(red, blue)',
    'color:white;background-image:url(sky.png)',
    'color:white;background-image:none;background:navy',
    'color:var(--ink)',
    'background:var(--paper)',
  ])('with %s', (style) => {
    expect(hidesText(styled(style))).toBe(false);
  });

  it('on a picture, whatever its own colour', () => {
    expect(hidesText(styled('color:white', PAGE, { background: 'sky.png' }))).toBe(false);
  });
});

describe('a descendant', () => {
  it('may come back from visibility, and from nothing else', () => {
    expect(hidesText(styled('visibility:visible', styled('visibility:hidden')))).toBe(false);
    expect(hidesText(styled('visibility:inherit', styled('visibility:hidden')))).toBe(true);
    expect(hidesText(styled('display:block', styled('display:none')))).toBe(true);
  });

  it('has a size of its own, or by that of its parent', () => {
    const tiny = styled('font-size:1px');
    expect(hidesText(styled('font-size:14px', tiny))).toBe(false);
    expect(hidesText(styled('font-size:medium', tiny))).toBe(false);
    expect(hidesText(styled('font-size:larger', tiny))).toBe(true);
    expect(hidesText(styled('font-size:200%', tiny))).toBe(false);
  });

  it('stays as its parent where nothing is said', () => {
    const parent = styled('color:red');
    expect(inheritVisibility(parent, [], null, {})).toBe(parent);
  });
});
