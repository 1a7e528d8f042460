import { allSettings, defineSetting, settingOf } from './setting';
import { flag, orNull, text, whole } from './value-types';

describe('a setting', () => {
  const kettle = defineSetting({ key: 'spec.kettle', doc: 'Degrees.', type: whole(20, 100), fallback: 90 });

  it('is known by its key', () => {
    expect(settingOf('spec.kettle')).toBe(kettle);
    expect(allSettings()).toContain(kettle);
    expect(settingOf('spec.teapot')).toBeUndefined();
  });

  it('has a key of its own and a default that its type allows', () => {
    expect(() => defineSetting({ ...kettle })).toThrow('Two settings are called spec.kettle');
    expect(() => defineSetting({ ...kettle, key: 'spec.hot', fallback: 101 })).toThrow(
      'The default of spec.hot must be a whole number from 20 to 100',
    );
  });
});

// Mutants: `Number(value)` in whole (takes "5" and true), `<` for `<=` at either bound, a text that is not trimmed.
describe('what a value may be', () => {
  it.each([
    ['a flag', flag, [true, false], [0, 1, 'true', null, undefined]],
    ['a whole number', whole(1, 99), [1, 99], [0, 100, 1.5, '5', true, null, Number.NaN, 2 ** 53, [5]]],
    ['a text', text(5), ['a', 'abcde'], ['', '   ', 'abcdef', 'a\nb', 5, null]],
    ['one or none', orNull(whole(1, 2)), [null, 2], [0, 'null', undefined]],
  ])('%s', (_what, type, good, bad) => {
    for (const value of good) expect(type.read(value)).toBe(value);
    for (const value of bad) expect(type.read(value)).toBeUndefined();
  });
});
