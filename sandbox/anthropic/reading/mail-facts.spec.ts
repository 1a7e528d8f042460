import { findDueDate } from './due-date';
import { detectLanguage } from './language';
import { readFacts } from './mail-facts';

describe('findDueDate', () => {
  const monday = new Date('2026-03-02T09:00:00Z');
  it.each<[string, string | undefined]>([
    ['Pay by 2026-04-01, please', '2026-04-01'],
    ['due on 3 April 2027', '2027-04-03'],
    ['before April 3rd', '2026-04-03'],
    ['send it tomorrow', '2026-03-03'],
    ['by Friday', '2026-03-06'],
    ['by Monday', '2026-03-09'],
    ['on 31 February 2026', undefined],
    ['whenever you like', undefined],
  ])('reads "%s"', (sentence, day) => {
    expect(findDueDate(sentence, monday)).toBe(day);
  });

  it('does not guess without the day of the mail', () => {
    expect(findDueDate('by Friday', undefined)).toBeUndefined();
    expect(findDueDate('by 3 April', undefined)).toBeUndefined();
  });
});

describe('detectLanguage', () => {
  it.each<[string, string]>([
    ['Please send me the numbers for the report and the budget.', 'en'],
    ['Bitte schicken Sie mir die Zahlen für den Bericht und das Budget.', 'de'],
    ['Merci de nous envoyer les chiffres pour le rapport avant la réunion.', 'fr'],
    ['会議は明日の午後に変更されました。', 'ja'],
    ['회의가 내일 오후로 변경되었습니다.', 'ko'],
    ['Встреча перенесена на завтра.', 'ru'],
    ['12345', 'en'],
  ])('knows "%s"', (text, language) => {
    expect(detectLanguage(text)).toBe(language);
  });
});

describe('readFacts', () => {
  it('makes something of nearly nothing', () => {
    expect(readFacts({ text: 'ok' })).toMatchObject({
      headline: 'ok',
      summary: 'ok',
      keyPoints: ['ok'],
      actions: [],
    });
    expect(readFacts({ text: '' }).headline).toBe('Empty message');
  });

  it('does not summarise what is quoted', () => {
    const { summary } = readFacts({ text: 'The new answer is here for you.\n> The old question was there.' });
    expect(summary).toBe('The new answer is here for you.');
  });

  it('tells how urgent a mail is', () => {
    const urgency = (text: string) => readFacts({ text }).urgency;
    expect(urgency('URGENT: the server is down')).toBe(3);
    expect(urgency('The deadline is near')).toBe(2);
    expect(urgency('Here is the picture')).toBe(1);
    expect(urgency('Our newsletter. Unsubscribe here')).toBe(0);
  });
});
