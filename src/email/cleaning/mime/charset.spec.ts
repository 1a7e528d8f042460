import { decodeCharset, decodeUtf8First } from './charset';

const bytes = (...values: number[]): Buffer => Buffer.from(values);
const JIS = Buffer.from('\x1b$B$"\x1b(B', 'latin1');

describe('a charset', () => {
  it.each([
    ['utf8', Buffer.from('ü'), 'ü'],
    ['"ISO-8859-1"', bytes(0xfc), 'ü'],
    ['cp-850', bytes(0x81), 'ü'],
    ['utf-7', Buffer.from('+APw-'), 'ü'],
    ['cp932', bytes(0x82, 0xa0), 'あ'],
    ['hz', Buffer.from('~{VPND~}'), '中文'],
    ['utf-16le', bytes(0xfc, 0), 'ü'],
    ['utf-16', bytes(0xff, 0xfe, 0xfc, 0), 'ü'],
    ['utf-16', bytes(0xfe, 0xff, 0, 0xfc), 'ü'],
    ['utf-16', bytes(0, 0x61, 0, 0xfc), 'aü'],
    ['utf-16', bytes(0x61, 0, 0xfc, 0), 'aü'],
    ['iso-8859-1', bytes(0xef, 0xbb, 0xbf, 0xc3, 0xbc), 'ü'],
  ])('%s is read', (label, source, text) => {
    expect(decodeCharset(source, label)).toBe(text);
  });

  it.each(['', 'us-ascii', 'x-unknown', 'no-such-set', 'hz-gb-231'])(
    'is guessed where it says %j',
    (label) => {
      expect(decodeCharset(Buffer.from('ü'), label)).toBe('ü');
      expect(decodeCharset(bytes(0xfc), label)).toBe('ü');
      expect(decodeCharset(JIS, label)).toBe('あ');
      expect(decodeCharset(Buffer.from('\x1b$@$"\x1b(B', 'latin1'), label)).toBe('あ');
      expect(decodeCharset(Buffer.from('\x1b[0m'), label)).toBe('\x1b[0m');
    },
  );

  it('that promises UTF-8 and breaks it is UTF-8 with torn characters, or another', () => {
    expect(decodeCharset(Buffer.concat([Buffer.from('üüä'), bytes(0xc3)]), 'utf-8')).toBe('üüä');
    expect(decodeCharset(bytes(0x66, 0xfc, 0x72), 'utf-8')).toBe('für');
  });

  it('yields to valid UTF-8 in a header', () => {
    expect(decodeUtf8First(Buffer.from('ü'), 'iso-8859-1')).toBe('ü');
    expect(decodeUtf8First(bytes(0xfc), 'iso-8859-1')).toBe('ü');
    expect(decodeUtf8First(bytes(0xfc))).toBe('ü');
  });
});
