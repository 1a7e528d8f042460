import { cleanRawMail } from '../clean-mail';
import { decodeCharset } from './charset';
import { decodeWords } from './encoded-words';
import { parseStructured } from './mail-headers';
import { parseMime } from './parse-mime';

const mail = (...lines: string[]): Buffer => Buffer.from(lines.join('\r\n'), 'latin1');

describe('charsets', () => {
  it.each([
    ['iso-2022-kr', Buffer.from('\x1b$)C\x0eGQ19\x0f ok', 'latin1'), '한국 ok'],
    ['hz-gb-2312', Buffer.from('~{VPND~} ~~ ok', 'latin1'), '中文 ~ ok'],
    ['utf-7', Buffer.from('Gr+APwA3w-e', 'latin1'), 'Grüße'],
    ['iso-2022-jp', Buffer.from('\x1b$BF|K\\\x1b(B', 'latin1'), '日本'],
    ['windows-1251', Buffer.from([0xcf, 0xf0, 0xe8]), 'При'],
    ['ks_c_5601-1987', Buffer.from([0xc7, 0xd1]), '한'],
    ['utf-16', Buffer.from([0, 72, 0, 105]), 'Hi'],
    ['utf-16', Buffer.from([72, 0, 105, 0]), 'Hi'],
    ['cp850', Buffer.from([0x81]), 'ü'],
    ['no-such-charset', Buffer.from('größer'), 'größer'],
    ['', Buffer.from([0x67, 0x72, 0xf6]), 'grö'],
    ['utf-8', Buffer.from([0x67, 0x72, 0xf6, 0xdf]), 'größ'],
    ['us-ascii', Buffer.from('日本'), '日本'],
  ])('reads %s', (label, bytes, text) => {
    expect(decodeCharset(bytes, label)).toBe(text);
  });

  it('reads a tilde as the second byte of a pair as what it is', () => {
    expect(decodeCharset(Buffer.from('~{<~~}.', 'latin1'), 'hz-gb-2312')).toMatch(/^[^~]\.$/);
  });
});

describe('headers', () => {
  it('join words that were cut in the middle of a character', () => {
    expect(decodeWords('=?utf-8?b?w4Q=?= =?utf-8?b?bmRlcg==?= Rest')).toBe('Änder Rest');
    expect(decodeWords('=?utf-8?q?=C3?= =?utf-8?q?=84nder?=')).toBe('Änder');
    expect(decodeWords('a =?iso-8859-1?q?=E9_b?= c')).toBe('a é b c');
  });

  it('read raw 8-bit text and text that Gmail decoded already', () => {
    expect(decodeWords(Buffer.from('Grüße').toString('latin1'))).toBe('Grüße');
    expect(decodeWords('Grüße 日本')).toBe('Grüße 日本');
  });

  it('read continued and encoded parameters', () => {
    const { value, params } = parseStructured(
      `attachment; filename*0*=utf-8''R%C3%A9; filename*1="su mé.pdf"; a="x;y"`,
    );
    expect(value).toBe('attachment');
    expect(params.get('filename')).toMatch(/^Résu/);
    expect(params.get('a')).toBe('x;y');
  });
});

describe('parts', () => {
  it('take HTML before plain text, and plain text where HTML says nothing', () => {
    const both = (html: string): string =>
      cleanRawMail(
        mail(
          'Subject: x',
          'Content-Type: multipart/alternative; boundary="b"',
          '',
          '--b',
          '',
          'plain words here',
          '--b',
          'Content-Type: text/html',
          '',
          html,
          '--b--',
          '',
        ),
      ).text;
    expect(both('<p>rich words</p>')).toBe('rich words');
    expect(both('<img src="x">')).toBe('plain words here');
  });

  // Mutant: the type of a digest's parts handed down to the mail in each, and in that, 5,000 times.
  it('of a digest are mails, and what is in them is text', () => {
    const digest = mail(
      'Content-Type: multipart/digest; boundary=b',
      '',
      '--b',
      '',
      'Subject: First',
      '',
      'Words of the first.',
      '--b',
      '',
      'Subject: Second',
      '',
      'Words of the second.',
      '--b--',
    );
    expect(cleanRawMail(digest).text).toContain('Words of the first.');
    expect(cleanRawMail(digest).text).toContain('Words of the second.');
    expect(parseMime(digest).parts.map(({ parts }) => parts.map(({ parts: inner }) => inner))).toEqual([
      [[]],
      [[]],
    ]);
  });

  it('list attachments with their decoded names and keep their content out of the text', () => {
    const { text, attachments } = cleanRawMail(
      mail(
        'Subject: x',
        'Content-Type: multipart/mixed; boundary=b',
        '',
        '--b',
        '',
        'See the file.',
        '--b',
        'Content-Type: text/plain; name="=?utf-8?q?=C3=84.txt?="',
        'Content-Disposition: attachment',
        '',
        'inner',
        '--b--',
      ),
    );
    expect(text).toBe('See the file.');
    expect(attachments).toEqual([{ filename: 'Ä.txt', mimeType: 'text/plain', size: 5 }]);
  });

  it.each([
    ['a missing closing boundary', ['Content-Type: multipart/mixed; boundary=b', '', '--b', '', 'words']],
    [
      'a wrong boundary',
      [
        'Content-Type: multipart/mixed; boundary=other',
        '',
        '--b',
        'Content-Type: text/plain',
        '',
        'words',
        '--b--',
      ],
    ],
    [
      'no blank line after the headers',
      ['Content-Type: multipart/mixed; boundary=b', '--b', '', 'words', '--b--'],
    ],
    ['no content type at all', ['Subject: x', '', 'words']],
    ['a torn base64 body', ['Content-Transfer-Encoding: base64', '', 'd29yZHM', '']],
    ['an unknown encoding', ['Content-Transfer-Encoding: x-odd', '', 'words']],
    ['a soft line break at its end', ['Content-Transfer-Encoding: quoted-printable', '', 'wo=', 'rds=']],
  ])('are read in spite of %s', (_name, lines) => {
    expect(cleanRawMail(mail(...lines)).text).toBe('words');
  });

  it('keep a mail that is attached as a whole', () => {
    const { text, notes } = cleanRawMail(
      mail(
        'Content-Type: multipart/mixed; boundary=b',
        '',
        '--b',
        '',
        'See below',
        '--b',
        'Content-Type: message/rfc822',
        '',
        'From: o@example.org',
        'Subject: Ferry',
        '',
        'It leaves at nine.',
        '--b--',
      ),
    );
    expect(text).toContain('See below');
    expect(text).toMatch(/Subject: Ferry[\s\S]*It leaves at nine\./);
    expect(notes).toContain('forward');
  });

  it('tell what is no mail and what is an empty one', () => {
    expect(cleanRawMail(Buffer.from([0, 1, 2, 3, 0, 0, 7])).kind).toBe('unparseable');
    expect(cleanRawMail(mail('Subject: x', '', ' ', '')).kind).toBe('empty');
    expect(cleanRawMail(Buffer.alloc(0)).kind).toBe('unparseable');
  });

  // Catches the mutant that walks parts by recursion.
  it('survive 3,000 levels of nesting', () => {
    for (const type of ['mixed', 'alternative', 'signed']) {
      const levels = Array.from(
        { length: 3_000 },
        (_, at) => `Content-Type: multipart/${type}; boundary=b${at}\r\n\r\n--b${at}\r\n`,
      );
      expect(() => cleanRawMail(Buffer.from(`${levels.join('')}\r\ndeep words`))).not.toThrow();
      const fewer = levels.slice(0, 1_000).join('');
      expect(cleanRawMail(Buffer.from(`${fewer}\r\ndeep words`)).text).toBe('deep words');
    }
    expect(parseMime(Buffer.from('Content-Type: message/rfc822\r\n\r\n'.repeat(6_000)))).toBeDefined();
  });
});
