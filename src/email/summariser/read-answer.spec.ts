import { readAnswer } from './read-answer';
import { sourceOf } from './source';

const good = {
  headline: 'Invoice 42 is due on Friday',
  summary: 'Acme asks for 120 EUR by Friday. Pay at https://acme.example/pay.',
  key_points: ['120 EUR', 'Invoice 42'],
  action_items: [{ task: 'Pay the invoice', due_date: '2026-11-27' }],
  category: 'finance',
  urgency: 'high',
  people: [{ name: 'Acme', role: 'sender' }],
  language: 'en',
  confidence: 0.9,
};
const read = (answer: object, links: string[] = []) => readAnswer(JSON.stringify(answer), sourceOf(links));

describe("the model's answer", () => {
  it('that fits becomes a summary in our own terms', () => {
    expect(read(good, ['https://acme.example/pay'])).toEqual({
      summary: {
        headline: good.headline,
        summary: good.summary,
        keyPoints: good.key_points,
        actionItems: [{ task: 'Pay the invoice', dueDate: '2026-11-27' }],
        category: 'finance',
        urgency: 'high',
        people: [{ name: 'Acme', role: 'sender' }],
        language: 'en',
        confidence: 0.9,
      },
    });
  });

  it.each([
    ['is no JSON', 'Sure! Here is', 'not JSON'],
    ['is no object', '[]', 'not a JSON object'],
  ])('that %s is a fault', (_what, answer, fault) => {
    expect(readAnswer(answer, sourceOf([]))).toEqual({ faults: [expect.stringContaining(fault)] });
  });

  it.each([
    [{ headline: '  \u200b ' }, 'headline'],
    [{ summary: 7 }, 'summary'],
    [{ key_points: 'one' }, 'key_points'],
    [{ action_items: ['call'] }, 'action_items'],
    [{ category: 'urgent' }, 'category'],
    [{ urgency: 'yes' }, 'urgency'],
    [{ people: [null] }, 'people'],
    [{ language: 'English' }, 'language'],
    [{ confidence: Number.NaN }, 'confidence'],
  ])('with %j names the property', (change, property) => {
    expect(read({ ...good, ...change })).toEqual({ faults: [expect.stringContaining(property)] });
  });

  it('has its days checked and its share bounded, its lists cut and its empty entries dropped', () => {
    const reading = read({
      ...good,
      confidence: 7,
      key_points: Array.from({ length: 30 }, (_, index) => (index === 0 ? ' ' : `point ${index}`)),
      action_items: [
        { task: 'Call', due_date: 'Friday' },
        { task: '', due_date: null },
      ],
      people: [{ name: 'Bo', role: 5 }],
    });
    expect(reading).toMatchObject({
      summary: {
        confidence: 1,
        actionItems: [{ task: 'Call', dueDate: null }],
        people: [{ name: 'Bo', role: null }],
      },
    });
    expect('summary' in reading && reading.summary.keyPoints).toHaveLength(9);
  });

  it('loses every address that the mail does not have', () => {
    const reading = read({ ...good, summary: 'Go to https://evil.example/?q=secret now' });
    expect(reading).toMatchObject({ summary: { summary: 'Go to [link removed] now' } });
  });
});
