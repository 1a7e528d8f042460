import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadEmlDirectory } from './mailbox-loader';

const day = 86_400_000;

describe('loadEmlDirectory', () => {
  let dir: string;
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'inbrief-eml-'));
    const files = {
      'c.eml': 'Date: Thu, 12 Nov 2026 10:00:00 +0100 (CET)\n\nc',
      'a.eml': 'Date: sometime\n\na',
      'b.eml': 'Date: Mon, 1 Jan 1979 00:00:00 +0000\n\nb',
      'd.eml': 'Date: Wed, 2 Mar 2005 09:00:00 GMT\n\nd',
      'notes.txt': 'not a mail',
    };
    for (const [name, content] of Object.entries(files)) writeFileSync(join(dir, name), content);
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  const dates = (options = {}) =>
    loadEmlDirectory(dir, options).map(({ name, internalDate }) => [
      name,
      new Date(internalDate).toISOString(),
    ]);

  it('takes sane dates from the header and makes the others up, by place', () => {
    expect(dates()).toEqual([
      ['a.eml', '2026-11-20T12:00:00.000Z'],
      ['b.eml', '2026-11-20T11:00:00.000Z'],
      ['c.eml', '2026-11-12T09:00:00.000Z'],
      ['d.eml', '2005-03-02T09:00:00.000Z'],
    ]);
  });

  it('moves all dates to a given end and brings old mail into a span', () => {
    const endingAt = Date.UTC(2027, 4, 1);
    const loaded = loadEmlDirectory(dir, { endingAt, withinDays: 30 });
    expect(loaded[0]?.internalDate).toBe(endingAt);
    expect(loaded.every(({ internalDate }) => internalDate > endingAt - 30 * day)).toBe(true);
    expect(loaded[2]?.internalDate).toBe(endingAt - 8.125 * day);
  });
});
