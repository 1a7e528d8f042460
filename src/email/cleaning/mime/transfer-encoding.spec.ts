import { decodeBase64, decodeQuotedPrintable, decodeTransfer, decodeUuencode } from './transfer-encoding';

describe('quoted-printable', () => {
  it.each([
    ['=C3=bc', 'ü'],
    ['a=\r\nb', 'ab'],
    ['a= \t\nb', 'ab'],
    ['a=', 'a'],
    ['a=\r', 'a'],
    ['1=2', '1=2'],
    ['=zz=4', '=zz=4'],
    ['=  x', '=  x'],
  ])('reads %j as %j', (source, text) => {
    expect(decodeQuotedPrintable(Buffer.from(source)).toString()).toBe(text);
  });
});

describe('base64', () => {
  it.each([
    ['Y2F0', 'cat'],
    ['Y2F\r\n0', 'cat'],
    ['Y2E=\r\n', 'ca'],
    ['Y2E=Y2F0', 'cacat'],
    ['Y!2F0', 'cat'],
  ])('reads %j as %j', (source, text) => {
    expect(decodeBase64(source).toString()).toBe(text);
  });
});

describe('uuencode', () => {
  it('reads what lies between its first and last line, and cuts the padding', () => {
    expect(decodeUuencode('begin 644 cat.txt\r\n#0V%T\r\n\r\n"0V$ \r\n`\r\nend\r\n#0V%T').toString()).toBe(
      'CatCa',
    );
  });

  it('reads a line whose trailing blanks were lost', () => {
    expect(decodeUuencode('#0V$').toString('latin1')).toBe('Ca\0');
  });
});

describe('a body', () => {
  it.each([
    [' Base64 ', 'Y2F0'],
    ['Quoted-Printable', 'c=61t'],
    ['x-uuencode', '#8V%T'],
    ['uuencode', '#8V%T'],
    ['x-uue', '#8V%T'],
    ['7bit', 'cat'],
    ['rot13', 'cat'],
    ['', 'cat'],
  ])('sent as %j is read', (encoding, source) => {
    expect(decodeTransfer(Buffer.from(source), encoding).toString()).toBe('cat');
  });
});
