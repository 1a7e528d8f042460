import { ApiProperty } from '@nestjs/swagger';
import { CursorCodec } from './cursor';
import { cutPage, PageOf } from './page';

const codec = new CursorCodec('a-secret-of-at-least-32-characters');
const position = ['2026-11-23T00:00:00.000Z', '0190f5a2-7c1e-7d3a-9a55-1f2e3d4c5b6a', 7, null];

describe('CursorCodec', () => {
  it('gives back the position it was made of', () => {
    const cursor = codec.encode('email.summaries', position);
    expect(codec.decode('email.summaries', cursor)).toEqual(position);
    expect(cursor).toMatch(/^[\w-]+$/);
  });

  // Mutant: an unsigned base64 of the position.
  it.each([
    ['changed', (cursor: string) => `${cursor.slice(0, -2)}AA`],
    ['cut', (cursor: string) => cursor.slice(0, 12)],
    ['empty', () => ''],
    ['made up', () => Buffer.from(JSON.stringify(position)).toString('base64url')],
    ['overlong', (cursor: string) => cursor.padEnd(2_000, 'A')],
  ])('refuses a %s cursor', (_name, tamper) => {
    const cursor = tamper(codec.encode('email.summaries', position));
    expect(() => codec.decode('email.summaries', cursor)).toThrow(
      expect.objectContaining({ code: 'request.bad-cursor' }),
    );
  });

  it('refuses a cursor of another list or another key', () => {
    const other = new CursorCodec('another-secret-of-32-characters!!');
    expect(() => codec.decode('jobs.runs', codec.encode('email.summaries', position))).toThrow();
    expect(() => codec.decode('email.summaries', other.encode('email.summaries', position))).toThrow();
  });
});

describe('a page', () => {
  class ThingDto {
    @ApiProperty()
    id!: string;
  }
  const cut = (count: number) =>
    cutPage(
      Array.from({ length: count }, (_, index) => ({ id: `t${index}` })),
      2,
      codec,
      'things',
      ({ id }) => [id],
    );

  it('ends with a cursor at its last row when there is more', () => {
    const page = cut(3);
    expect(page.data).toEqual([{ id: 't0' }, { id: 't1' }]);
    expect(codec.decode('things', page.nextCursor ?? '')).toEqual(['t1']);
  });

  it.each([0, 1, 2])('has no next page with %i rows of a limit of 2', (count) => {
    expect(cut(count)).toEqual({ data: expect.any(Array), nextCursor: null });
  });

  it('is documented under the name of its items', () => {
    expect(PageOf(ThingDto).name).toBe('ThingPage');
  });
});
