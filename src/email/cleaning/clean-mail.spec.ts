import * as fc from 'fast-check';
import { cleanRawMail } from './clean-mail';

const plain = (body: string, subject = 'Re: x'): Buffer =>
  Buffer.from(`Subject: ${subject}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${body}`);
const html = (body: string, headers = ''): Buffer =>
  Buffer.from(`Subject: x\r\n${headers}Content-Type: text/html; charset=utf-8\r\n\r\n${body}`);

describe('a cleaned mail', () => {
  it('has no zero-width, bidirectional or control characters, but joiners where a script needs them', () => {
    expect(cleanRawMail(plain('pay\u200bp\u00ada\u2060l \u202etxt\u202c \u0007ok')).text).toBe(
      'paypal txt ok',
    );
    expect(cleanRawMail(plain('a\u200db می\u200cخواهم 👩\u200d🚀')).text).toBe('ab می\u200cخواهم 👩\u200d🚀');
  });

  it('lists the addresses of what it kept, and none of what it cut', () => {
    const { links, text } = cleanRawMail(
      plain(
        'See https://x.org/a?utm_source=m&id=7.\n\nOn 3 May 2024, Ann <a@x.org> wrote:\n> https://old.org/',
      ),
    );
    expect(links).toEqual(['https://x.org/a?id=7']);
    expect(text).toBe('See https://x.org/a?id=7.');
  });

  it('shortens long addresses in its text and keeps them whole in its list', () => {
    const url = `https://x.org/${'a'.repeat(300)}`;
    const { text, links } = cleanRawMail(plain(url));
    expect(text).toBe('https://x.org/…');
    expect(links).toEqual([url]);
  });

  it('as a newsletter loses its service links and its addresses, never its words', () => {
    const { text, links, notes } = cleanRawMail(
      html(
        '<p><a href="https://n.org/v">View in browser</a></p><p>The ferry is <a href="https://n.org/f?utm_medium=x">cheaper</a>.</p><p><a href="https://n.org/u">Unsubscribe</a> | <a href="https://n.org/p">Privacy policy</a></p>',
        'List-Unsubscribe: <https://n.org/u>\r\n',
      ),
    );
    expect(text).toBe('The ferry is cheaper.');
    expect(links).toEqual(['https://n.org/f']);
    expect(notes).toContain('bulk');
  });

  it('joins flowed lines', () => {
    const { text } = cleanRawMail(
      Buffer.from(
        'Content-Type: text/plain; format=flowed\r\n\r\nThis line \r\ngoes on.\r\nThis one does not.\r\n',
      ),
    );
    expect(text).toBe('This line goes on.\nThis one does not.');
  });

  it('holds no base64 and no markup, whatever the sender put there', () => {
    expect(cleanRawMail(plain(`key: ${'QUJD'.repeat(100)} end`)).text).toBe('key: […] end');
    expect(cleanRawMail(plain('<!DOCTYPE html><html><body><p>Hi <b>you</b></p></body></html>')).text).toBe(
      'Hi you',
    );
  });
});

describe('hostile input', () => {
  // Catches every mutant that throws on what it does not expect.
  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
        expect(typeof cleanRawMail(bytes).text).toBe('string');
      }),
      { numRuns: 300 },
    );
  });

  const piece = fc.constantFrom(
    '<div>',
    '</div>',
    '<blockquote>',
    '<td>',
    '<tr>',
    '<table>',
    '<p hidden>',
    'x',
    ' ',
    '\n',
    '> ',
    'On 3 May 2024, A <a@b.c> wrote:',
    '-- ',
    'From: a@b.c',
    'To: x',
    'Subject: y',
    '```',
    '<style>',
    '*{color:red}',
    '&lt;',
    '----- Forwarded message -----',
    '<ul><li>',
  );
  it('never loses every word of a mail that has some', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const body = pieces.join('\n');
        expect(cleanRawMail(plain(`${body}\nword`)).text).not.toBe('');
        expect(() => cleanRawMail(html(body))).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });

  /** Generous for a busy machine: the work takes some 100 ms, a quadratic mutant takes minutes. */
  const LIMIT_MS = 4_000;
  const MEGABYTE = 1_000_000;
  const fill = (text: string, size = MEGABYTE): string => text.repeat(Math.ceil(size / text.length));
  const FLOODS: Record<string, Buffer> = {
    'a chain of quotes': plain(
      `Hi\n\nOn 3 May 2024, A <a@b.c> wrote:\n${fill(`${'>'.repeat(30)} a quoted line of the usual length, more or less\n`)}`,
    ),
    'quotes between lines': plain(fill('> q\n\ntext\n\n')),
    attributions: plain(fill('On 1 May 2012 10:00 A <a@b.c> wrote:\n')),
    'half attributions': plain(fill('On 1 May 2012 10:00 A\n')),
    'header lines': plain(fill('From: a@b.c\nDate: 1\n\n')),
    'blank lines': plain(fill('\n')),
    'one long line of dashes': plain(fill('- ')),
    'one long line of brackets': plain(`https://a.b/${fill(')')}`),
    'zero-width characters': plain(fill('\u200d')),
    'PGP armour': plain(fill('-----BEGIN PGP MESSAGE-----\n-----END PGP MESSAGE-----\n')),
    'open divs': html(fill('<div>x')),
    'closed divs that were never open': html(`${fill('<div>', 20_000)}${fill('</b></p>')}`),
    entities: html(fill('&#x41;')),
    'links on one line': html(fill('<a href="https://x.y/z">t</a> ')),
    'table cells': html(`<table><tr>${fill('<td>a</td>')}`),
    'nested tables': html(`${fill('<table><tr><td>', 40_000)}${fill('x<br>', 300_000)}`),
    'unclosed angle brackets': html(fill('<')),
    'style rules': html(
      `<style>${fill('.a b c{display:none}')}</style>${fill('<b class=a><c>x</c></b>', 200_000)}`,
    ),
    boundaries: Buffer.from(`Content-Type: multipart/mixed; boundary=a\n\n${fill('--a\n')}`),
    'attached mails': Buffer.from(fill('Content-Type: message/rfc822\n\n')),
    receivers: Buffer.from(`To: ${fill('a:')}\n\nx`),
    'encoded words': Buffer.from(`Subject: ${fill('=?utf-8?q?')}\n\nx`),
  };
  it.each(Object.entries(FLOODS))('takes linear time: a megabyte of %s', (_name, bytes) => {
    const start = performance.now();
    cleanRawMail(bytes);
    expect(performance.now() - start).toBeLessThan(LIMIT_MS);
  });

  it('reads text below 3,000 nested divs', () => {
    expect(cleanRawMail(html(`${'<div>'.repeat(3_000)}deep${'</div>'.repeat(3_000)}`)).text).toBe('deep');
  });
});
