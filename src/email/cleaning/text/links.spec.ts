import { cleanUrl, LinkList, shownUrl, tidyUrls } from './links';

const long = 'x'.repeat(200);

describe('a web address', () => {
  it.each([
    [' https://a.example/p?utm_source=m&id=1&&fbclid#top ', 'https://a.example/p?id=1#top'],
    ['https://a.example/?utm_source=m', 'https://a.example/'],
    ['https://a.example/#utm_source=m?x', 'https://a.example/#utm_source=m?x'],
    ['HTTP://a.example', 'HTTP://a.example'],
    ['mailto:a@a.example', ''],
    [`https://a.example/${'x'.repeat(17_000)}`, ''],
  ])('is kept without what tracks: %s', (href, url) => {
    expect(cleanUrl(href)).toBe(url);
  });

  it.each([
    ['whole', 'https://a.example/p?q=1', 'https://a.example/p?q=1'],
    ['without a wall of a query', `https://a.example/p?q=${long}`, 'https://a.example/p'],
    ['without a wall of a path', `https://a.example/${long}?q=1`, 'https://a.example/…'],
    ['in part where its host is one', `https://${long}.example`, `https://${'x'.repeat(132)}`],
  ])('is shown %s', (_, href, shown) => {
    expect(shownUrl(href)).toBe(shown);
  });

  it('in a text leaves the punctuation after it alone', () => {
    const links = new LinkList();
    expect(tidyUrls('See (https://a.example/p?utm_id=1), or https://b.example.', links)).toBe(
      'See (https://a.example/p), or https://b.example.',
    );
    expect(links.all).toEqual(['https://a.example/p', 'https://b.example']);
  });

  it('is listed once, and two hundred at most', () => {
    const links = new LinkList();
    for (let at = 0; at < 300; at++) links.add(`https://a.example/${at % 250}`);
    links.add('ftp://a.example');
    expect(links.all).toHaveLength(200);
  });
});
