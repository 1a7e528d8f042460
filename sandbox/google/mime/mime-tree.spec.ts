import { type MimePart, parseMimeTree, walkParts } from './mime-tree';
import { snippetOf } from './snippet';

const parse = (...lines: string[]): MimePart => parseMimeTree(Buffer.from(lines.join('\n'), 'latin1'));
const shape = (part: MimePart): unknown =>
  part.parts.length > 0
    ? [part.mimeType, part.parts.map(shape)]
    : `${part.mimeType}: ${part.content.toString('utf8').trim()}`;
const text = (charset: string, bytes: readonly number[] | string): string => {
  const head = Buffer.from(`Content-Type: text/plain; charset=${charset}\r\n\r\n`);
  return parseMimeTree(Buffer.concat([head, Buffer.from(bytes as string, 'latin1')])).content.toString(
    'utf8',
  );
};

describe('parseMimeTree', () => {
  it('does not take a longer boundary for a shorter one, nor a boundary inside a line', () => {
    const tree = parse(
      'Content-Type: multipart/mixed; boundary=a',
      '',
      'preamble',
      '--a',
      'Content-Type: multipart/alternative; boundary="a b"',
      '',
      '--a b  ',
      '',
      'one --a',
      '--a b',
      'Content-Type: text/html',
      '',
      'two',
      '--a b--',
      '--a',
      '',
      'three',
    );
    expect(shape(tree)).toEqual([
      'multipart/mixed',
      [['multipart/alternative', ['text/plain: one --a', 'text/html: two']], 'text/plain: three'],
    ]);
  });

  it('opens attached messages, and digests without a type', () => {
    const tree = parse(
      'Content-Type: multipart/digest; boundary=a',
      '',
      '--a',
      '',
      'Subject: inner',
      '',
      'hello',
      '--a--',
    );
    expect(shape(tree)).toEqual(['multipart/digest', [['message/rfc822', ['text/plain: hello']]]]);
    expect([...walkParts(tree)].map(({ partId }) => partId)).toEqual(['', '0', '0.0']);
  });

  it.each([
    ['nothing at all', ''],
    ['no blank line', 'Subject: x'],
    ['no header', '\n\nbody'],
    ['a multipart without boundary', 'Content-Type: multipart/mixed\n\nbody'],
    ['a multipart whose boundary never comes', 'Content-Type: multipart/mixed; boundary=a\n\nbody'],
    ['a broken type', 'Content-Type: ;;;===\n\nbody'],
    [
      'an unknown charset and encoding',
      'Content-Type: text/plain; charset=x-no\nContent-Transfer-Encoding: y\n\nbody',
    ],
    ['zero bytes', '\0\0\0'],
  ])('survives %s', (_what, source) => {
    expect(parse(source).content.toString().trim()).toBe(source.endsWith('body') ? 'body' : '');
  });

  it('stops at 30 levels and 2,000 parts', () => {
    const nested = Array.from(
      { length: 100 },
      (_, level) => `Content-Type: multipart/mixed; boundary=b${level}\n\n--b${level}`,
    );
    expect([...walkParts(parse(...nested))]).toHaveLength(31);
    const many = Array.from({ length: 5_000 }, () => '--a\n\nx');
    const wide = parse('Content-Type: multipart/mixed; boundary=a', '', ...many);
    expect([...walkParts(wide)].length).toBeLessThanOrEqual(2_000);
  });

  it('turns text into UTF-8, seven-bit charsets too', () => {
    expect(text('iso-8859-1', [0xe9, 0x80])).toBe('é€');
    expect(text('shift_jis', [0x93, 0xfa])).toBe('日');
    expect(text('koi8-r', [0xc4, 0xc1])).toBe('да');
    expect(text('iso-2022-jp', '\x1b$BF|\x1b(B')).toBe('日');
    expect(text('hz-gb-2312', 'a ~{VPND~} b~~')).toBe('a 中文 b~');
    expect(text('iso-2022-kr', '\x1b$)C\x0eGQ\x0f!')).toBe('한!');
    expect(text('x-unknown', [0xe9])).toBe('\ufffd');
  });

  it('reads names of attachments in each of their spellings', () => {
    const name = (value: string) => parse(`Content-Disposition: attachment; ${value}`, '', 'x').filename;
    expect(name('filename="a b.pdf"')).toBe('a b.pdf');
    expect(name('filename=plain.pdf')).toBe('plain.pdf');
    expect(name("filename*=iso-8859-1'de'Gr%FC%DFe.pdf")).toBe('Grüße.pdf');
    expect(name("filename*0*=utf-8''Gr%C3; filename*1*=%BC%C3%9F; filename*2=e.pdf")).toBe('Grüße.pdf');
    expect(name('filename="=?utf-8?B?R3LDvMOfZQ==?="')).toBe('Grüße');
    expect(name('filename="say \\"hi\\".txt"')).toBe('say "hi".txt');
    expect(parse('Content-Type: image/png; name=i.png', '', 'x').filename).toBe('i.png');
  });

  it('unfolds headers and passes over lines that are none', () => {
    const tree = parse(
      'From ann Mon Jan  1 10:00:00 2026',
      'Subject: a',
      '\t b',
      'nonsense',
      'X-Empty:',
      '',
      'body',
    );
    expect(tree.headers).toEqual([
      { name: 'Subject', value: 'a b' },
      { name: 'X-Empty', value: '' },
    ]);
  });
});

describe('snippetOf', () => {
  it('prefers words over markup and cuts them to 200 characters', () => {
    const html = parse(
      'Content-Type: text/html',
      '',
      '<style>p{}</style><!-- a --><p>Tom &amp; "Ann" <b>said</b></p>',
    );
    expect(snippetOf(html)).toBe('Tom &amp; &quot;Ann&quot; said');
    expect(snippetOf(parse('', 'word '.repeat(100)))).toHaveLength(199);
    expect(snippetOf(parse('', ''))).toBe('');
  });
});
