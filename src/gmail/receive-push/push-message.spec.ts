import { readNotice } from './push-message';

const envelope = (data: unknown) => ({
  message: { data: Buffer.from(JSON.stringify(data)).toString('base64'), messageId: '1' },
});

describe('a push from Pub/Sub', () => {
  it('names a mailbox and its newest history id, as a number or as text', () => {
    const expected = { emailAddress: 'ada@example.test', historyId: 9876n };
    expect(readNotice(envelope({ emailAddress: 'Ada@example.test', historyId: 9876 }))).toEqual(expected);
    expect(readNotice(envelope({ emailAddress: 'ada@example.test', historyId: '9876' }))).toEqual(expected);
  });

  // Mutant caught: a parsed number rounds, and a walk then waits for a history id that never comes.
  it('keeps every digit of the id', () => {
    const text = '{"emailAddress":"ada@example.test","historyId":9007199254740993}';
    const message = { data: Buffer.from(text).toString('base64') };
    expect(readNotice({ message })?.historyId).toBe(9_007_199_254_740_993n);
  });

  it.each([
    undefined,
    null,
    'text',
    {},
    { message: null },
    { message: { data: 7 } },
    { message: { data: 'no json' } },
    envelope(null),
    envelope({ emailAddress: 7, historyId: 1 }),
    envelope({ emailAddress: 'a@b.test', historyId: -1 }),
    envelope({ emailAddress: 'a@b.test' }),
  ])('is nothing when it is %j', (body) => {
    expect(readNotice(body)).toBeUndefined();
  });
});
