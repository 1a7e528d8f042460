import { MailHeaders, parseStructured } from './mail-headers';

const params = (source: string): Record<string, string> => Object.fromEntries(parseStructured(source).params);

describe('a structured header', () => {
  it('is a value and parameters, quotes and escapes undone', () => {
    const source = 'Text/Plain; Name="a;b\\"c"; charset = utf-8; flag; charset=latin1';
    expect(parseStructured(source).value).toBe('text/plain');
    expect(params(source)).toEqual({ name: 'a;b"c', charset: 'utf-8' });
  });

  it.each([
    ["name*=utf-8''%e2%82%ac.txt", '€.txt'],
    ["name*=iso-8859-1'en'%FC", 'ü'],
    ["name*=''%C3%BC", 'ü'],
    ["name*1*=%BC.txt; name*0*=utf-8''%C3", 'ü.txt'],
    ['name*0="long "; name*1="name"', 'longname'],
    ['name==?utf-8?q?=C3=BC?=', 'ü'],
  ])('joins and decodes %s', (source, name) => {
    expect(params(`attachment; ${source}`).name).toBe(name);
  });

  // Mutant: no bound on the index, where a hostile one would make an array of 10⁹ places.
  it('is not made large by a large index', () => {
    expect(params('x; name*999999999=b; name*0=a')).toEqual({ name: 'ab' });
  });

  it('ends where its text ends', () => {
    expect(params('x; name="a\\')).toEqual({ name: 'a' });
    expect(parseStructured('')).toEqual({ value: '', params: new Map() });
  });
});

describe('header fields', () => {
  it('are case-blind, and the first of several wins', () => {
    const headers = new MailHeaders();
    headers.add('Subject ', ' =?utf-8?q?=C3=BC?=\t x ');
    headers.add('SUBJECT', 'other');
    expect(headers.text('subject')).toBe('ü x');
    expect([headers.count, headers.has('subject'), headers.raw('from')]).toEqual([1, true, '']);
  });
});
