import { blend, looksSame, parseColour } from './colour';

describe('a colour', () => {
  it.each([
    ['White', [255, 255, 255, 1]],
    ['#fff', [255, 255, 255, 1]],
    ['#f008', [255, 0, 0, 136 / 255]],
    ['ff0000', [255, 0, 0, 1]],
    ['#ff000080', [255, 0, 0, 128 / 255]],
    ['rgb(1, 2, 3)', [1, 2, 3, 1]],
    ['rgba(1,2,3,.5)', [1, 2, 3, 0.5]],
    ['rgb(1 2 3 / 50%)', [1, 2, 3, 0.5]],
  ])('is read from %s', (source, colour) => {
    expect(parseColour(source)).toEqual(colour);
  });

  // Mutant: a name looked up in a plain object, where `constructor` is found.
  it.each(['var(--ink)', 'constructor', '#12345', '#1234567', ''])(
    'is unknown where it says %j',
    (source) => {
      expect(parseColour(source)).toBeNull();
    },
  );
});

describe('a colour on another', () => {
  it('is mixed by its opacity', () => {
    expect(blend([0, 0, 0, 0.5], [255, 255, 255, 1])).toEqual([127.5, 127.5, 127.5, 1]);
    expect(blend([1, 2, 3, 1], null)).toEqual([1, 2, 3, 1]);
  });

  it('is unknown where one that shows is unknown, and then hides nothing', () => {
    expect(blend(null, [0, 0, 0, 1])).toBeNull();
    expect(blend([0, 0, 0, 0.5], null)).toBeNull();
    expect(looksSame(null, null)).toBe(false);
    expect(looksSame([0, 0, 0, 1], null)).toBe(false);
  });

  it('looks the same up to ten of 255 in every channel', () => {
    expect(looksSame([245, 255, 255, 1], [255, 255, 255, 1])).toBe(true);
    expect(looksSame([255, 255, 244, 1], [255, 255, 255, 1])).toBe(false);
  });
});
