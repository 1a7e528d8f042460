import { isWanted, searchQuery } from './mail-filter';

const filter = { onlyLabels: [], skipLabels: ['CATEGORY_PROMOTIONS', 'SPAM', 'SENT', 'Label_7'] };

describe('the filter of a mailbox', () => {
  it('skips a mail that carries one of the labels to skip, whatever else it carries', () => {
    expect(isWanted(['INBOX', 'UNREAD'], filter)).toBe(true);
    expect(isWanted(['INBOX', 'CATEGORY_PROMOTIONS'], filter)).toBe(false);
    expect(isWanted([], filter)).toBe(true);
  });

  it('reads only mails with one of the wanted labels when there are any', () => {
    const only = { onlyLabels: ['Label_1', 'Label_2'], skipLabels: ['SPAM'] };
    expect(isWanted(['Label_2'], only)).toBe(true);
    expect(isWanted(['INBOX'], only)).toBe(false);
    expect(isWanted(['Label_1', 'SPAM'], only)).toBe(false);
  });

  it('is told to Gmail as far as its search knows the labels', () => {
    expect(searchQuery(filter.skipLabels, null)).toBe('-category:promotions -in:spam -in:sent');
    expect(searchQuery([], new Date(1_700_000_000_999))).toBe('after:1700000000');
  });
});
