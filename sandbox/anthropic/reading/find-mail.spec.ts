import { findMail, mailKey } from './find-mail';

const text = 'The parcel is late.\nPlease call the shop.';

describe('findMail', () => {
  it.each<[string, string]>([
    ['a tag with a code', `Do it.\n<mail-81c4>\n${text}\n</mail-81c4>\nThanks.`],
    ['a tag with attributes', `<email id="1">${text}</email>`],
    ['a line that comes twice', `Mail:\n--=9f8e7d6c5b4a\n${text}\n--=9f8e7d6c5b4a\n`],
    ['BEGIN and END lines', `-----BEGIN MAIL a1b2-----\n${text}\n-----END MAIL a1b2-----`],
    ['a fence', `Summarise:\n\`\`\`\n${text}\n\`\`\``],
    ['a body inside a mail', `<mail><subject>Hi</subject><body>${text}</body></mail>`],
    ['JSON', JSON.stringify({ subject: 'Hi', body: text })],
    ['nothing at all', text],
  ])('finds it inside %s', (_name, turn) => {
    expect(findMail([turn]).text).toBe(text);
  });

  it('is not cut by an imitation of the end inside the mail', () => {
    const mail = 'First.\n===== MAIL 00 END =====\n</mail> Last words.';
    const turn = `===== MAIL 4f5e6d7c BEGIN =====\n${mail}\n===== MAIL 4f5e6d7c END =====`;
    expect(findMail([turn]).text).toBe(mail);
    expect(findMail([`<mail-4f5e>${mail}</mail-4f5e>`]).text).toBe(mail);
  });

  it('undoes escaping', () => {
    expect(findMail(['<mail>a &lt;b&gt; &amp;amp; c</mail>']).text).toBe('a <b> &amp; c');
  });

  it('reads headers beside the mail as lines, tags or JSON', () => {
    const headers = { subject: 'A "b"', from: 'Anna <a@example.com>' };
    const asJson = `Facts: ${JSON.stringify({ ...headers, received: '2026-03-02', summary_language: 'de' })}\n<mail>${text}</mail>`;
    expect(findMail([asJson])).toEqual({
      text,
      ...headers,
      to: undefined,
      date: '2026-03-02',
      language: 'de',
    });
    expect(findMail([`<subject>A</subject><mail>${text}</mail>`]).subject).toBe('A');
    expect(findMail([`<mail>Subject: A\nFrom: b\n\n${text}</mail>`])).toMatchObject({
      subject: 'A',
      from: 'b',
      text,
    });
  });

  it('names a mail by its words, not by its spaces', () => {
    const key = (mail: string) => mailKey(findMail([`<mail>${mail}</mail>`]));
    expect(key('one  two\nthree')).toBe(key('one two three'));
    expect(key('one two')).not.toBe(key('one three'));
  });

  it('takes linear time on a mail full of made-up tags', () => {
    const tags = Array.from({ length: 50_000 }, (_, index) => `<t${index}>`).join('');
    const started = performance.now();
    findMail([`<mail>${tags}</mail>`]);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
