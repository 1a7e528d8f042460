import { endOf, firstAfter, goodUntil } from './good-until';
import { Metrics } from '../../observability/metrics';
import { KeptAnswers } from './kept-answers';

const body = Buffer.from('{}');
const forEver = { until: Infinity, body, link: undefined };

describe('kept answers', () => {
  let answers: KeptAnswers;
  beforeEach(() => (answers = new KeptAnswers(new Metrics())));
  afterEach(() => jest.useRealTimers());

  // Mutants: an entry found under any version; one found by its address alone.
  it('are found by their reader, address and version, and by nothing less', () => {
    answers.keep('ada', '/a', { ...forEver, version: 'v1' });
    expect(answers.find('ada', '/a', 'v1')?.body).toBe(body);
    expect(answers.find('ada', '/a', 'v2')).toBeUndefined();
    expect(answers.find('ben', '/a', 'v1')).toBeUndefined();
    expect(answers.find('ada', '/b', 'v1')).toBeUndefined();
    answers.keep('ada', '/a', { ...forEver, version: 'v2' });
    expect(answers.find('ada', '/a', 'v1')).toBeUndefined();
  });

  // Mutant: an entry without its end.
  it('stand until the clock makes them wrong', () => {
    jest.useFakeTimers({ now: 1_000 });
    answers.keep('ada', '/a', { ...forEver, version: 'v', until: 2_000 });
    answers.keep('ada', '/gone', { ...forEver, version: 'v', until: 1_000 });
    jest.setSystemTime(1_999);
    expect(answers.find('ada', '/a', 'v')?.body).toBe(body);
    expect(answers.find('ada', '/gone', 'v')).toBeUndefined();
    jest.setSystemTime(2_000);
    expect(answers.find('ada', '/a', 'v')).toBeUndefined();
  });

  // Mutant: room counted in entries, or never given back.
  it('make room, the least recently used first', () => {
    const large = { ...forEver, version: 'v', body: Buffer.alloc(3_200_000) };
    for (let n = 0; n < 15; n += 1) {
      answers.keep('ada', `/${n}`, large);
      answers.keep('ada', `/${n}`, large);
    }
    expect(answers.find('ada', '/0', 'v')).toBeDefined();
    answers.keep('ada', '/15', large);
    expect(answers.find('ada', '/0', 'v')).toBeDefined();
    expect(answers.find('ada', '/1', 'v')).toBeUndefined();
    expect(answers.find('ada', '/15', 'v')).toBeDefined();
  });
});

describe('the end of an answer', () => {
  it('is what was noted of it, else never', () => {
    expect(endOf(goodUntil({}, 5))).toBe(5);
    expect(endOf({})).toBe(Infinity);
    expect(firstAfter(10, [null, 9, 10, 12, 11])).toBe(11);
    expect(firstAfter(10, [])).toBe(Infinity);
  });
});
