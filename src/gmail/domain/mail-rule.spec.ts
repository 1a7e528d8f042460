import { fulfils, listIdOf, type RuleConditions, senderOf } from './mail-rule';

const facts = {
  category: 'newsletter',
  urgency: 'low',
  sender: 'news@shop.example',
  listId: 'weekly.shop.example',
};
const rule = (some: Partial<RuleConditions>): RuleConditions => ({
  categories: [],
  urgencies: [],
  senders: [],
  lists: [],
  ...some,
});

describe('a rule', () => {
  it.each<[Partial<RuleConditions>, boolean]>([
    [{ categories: ['newsletter', 'receipt'] }, true],
    [{ categories: ['receipt'] }, false],
    [{ categories: ['newsletter'], urgencies: ['high'] }, false],
    [{ senders: ['news@shop.example'] }, true],
    [{ senders: ['@shop.example'] }, true],
    [{ senders: ['@hop.example'] }, false],
    [{ senders: ['shop.example'] }, false],
    [{ lists: ['weekly.shop.example'], urgencies: ['low'] }, true],
    [{ lists: ['other.shop.example'] }, false],
  ])('with %j acts: %s', (conditions, expected) => {
    expect(fulfils(facts, rule(conditions))).toBe(expected);
  });

  it('about senders or lists passes over a mail that names none', () => {
    const bare = { ...facts, sender: null, listId: null };
    expect(fulfils(bare, rule({ senders: ['@shop.example'] }))).toBe(false);
    expect(fulfils(bare, rule({ lists: ['weekly.shop.example'] }))).toBe(false);
  });
});

describe('what rules look at', () => {
  it.each([
    ['Shop <News@Shop.example>', 'news@shop.example'],
    ['"evil@x.test" <good@y.test>', 'good@y.test'],
    ['plain@x.test', 'plain@x.test'],
    ['Undisclosed', null],
    [undefined, null],
  ])('is the address in %s', (from, expected) => expect(senderOf(from)).toBe(expected));

  it.each([
    ['The weekly <Weekly.Shop.example>', 'weekly.shop.example'],
    ['weekly.shop.example', 'weekly.shop.example'],
    [' ', null],
    [undefined, null],
  ])('is the id in %s', (header, expected) => expect(listIdOf(header)).toBe(expected));
});
