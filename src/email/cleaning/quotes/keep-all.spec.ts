import { cleanRawMail } from '../clean-mail';

/** Nothing of these is history, a signature or a footer, though it looks like one. */
const PLAIN: Record<string, string> = {
  'prose wrote':
    'On Monday Ann wrote: "we should go", and I agree.\nOn Tuesday Bob wrote: nothing.\nSo let us decide by Friday.',
  'prose wrote at line end':
    'As you know, on page 12 Marx wrote:\n\nThe history of all society is the history of class struggles.\n\nI do not think so.',
  'prose dated': 'On 3 May 1808 Goya saw this. He later wrote:\nI saw it.\nThat is all we know about it.',
  'report of mail': 'Olek said:\nwe meet on Friday.\nMira said:\nno.\nI say Saturday.',
  diff: 'Please review:\n\ndiff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n-old\n+new\n context\n\nThanks',
  'code with >': 'The query is:\n\n```\n> db.users.find()\n> db.mails.count()\n```\n\nWhat do you think?',
  'shell prompt':
    'Run this:\n\n> npm install\n> npm test\n\nand tell me what you see. It failed here with an exit code of 1, sadly.',
  comparison: 'If a > b then stop.\n5 > 3 holds.\nx -> y is the map.',
  'only quote': '> This is a quote.\n> And nothing else.',
  'from/to itinerary':
    'Your trip\nFrom: Berlin\nTo: Warsaw\nDate: 3 May 2024\nSeat: 12A\n\nHave a nice journey. Please arrive early.',
  booking: 'Booking confirmed\n\nFrom: 3 May 2024\nTo: 5 May 2024\nGuests: 2\nTotal: 300 EUR\n\nSee you soon',
  'ticket fields':
    'New issue\n\nSubject: Printer broken\nPriority: High\nDate: 3 May 2024\nLocation: Floor 3\n\nPlease have a look at it.',
  agenda: 'Agenda\n\nDate: 3 May\nTime: 10:00\nTo: everybody\n\n1. Budget\n2. Hiring',
  memo: 'MEMO\n\nTo: All staff\nFrom: The board\nDate: 3 May 2024\n\nWe close at noon.',
  form: 'A new message from the contact form:\n\nName: Olek\nEmail: olek@example.org\nSubject: Ferry\nMessage: When does it leave?\n',
  'contact form from':
    'New enquiry\n\nFrom: Olek Nowak <olek@example.org>\nSubject: Ferry\nMessage:\nWhen does the ferry leave?',
  rule: 'First part\n\n----------\n\nSecond part which is longer and talks about another thing.\n\n==========\n\nThird part that ends here.',
  'dash list': 'Shopping\n- milk\n- bread\n-- whole grain\n- salt\n\nThat is it.',
  'sig-like middle':
    'Hello\n\n--\nThe dashes above are a list separator\n\nand much more text follows here on the next lines, so many that no signature\nwould be so long that it has forty lines, but let us see\n' +
    Array.from({ length: 45 }, (_, i) => `line ${i} of the report says something`).join('\n'),
  'time line': 'At 10:12 we start. At 11:30:\nlunch.\nOn Friday:\nparty.',
  'wrote in German':
    'Goethe schrieb am 3. Mai 1787 aus Neapel:\n\nIch bin glücklich.\n\nWas meinst du dazu? Ich finde es schön.',
  poem: 'On the 3rd of May\nshe wrote:\n"come home".\nAnd home he came.',
  python: 'Look:\n\n>>> 1 + 1\n2\n>>> print("x")\nx\n\nIs that right? I am not sure about the second one.',
  interviews: 'Q: When do you come?\nA: On Friday.\n\nQ: From where?\nA: From: Berlin.',
  log: '2024-05-03 10:12:33 olek@example.org: login ok\n2024-05-03 10:13:01 mira@example.org: login failed\n2024-05-03 10:14:00 done',
  changelog:
    '2024-05-03  Olek Nowak  <olek@example.org>\n\n\t* x.c: fix.\n\n2024-05-02  Mira  <mira@example.org>\n\n\t* y.c: new.',
  'git log':
    'commit abc\nAuthor: Olek <olek@example.org>\nDate:   Fri May 3 10:12:33 2024 +0200\n\n    Fix the ferry\n\ncommit def\nAuthor: Mira <mira@example.org>\nDate:   Thu May 2\n\n    Start',
  'patch mail':
    'From: Olek <olek@example.org>\n\nThis fixes the ferry.\n\nSigned-off-by: Olek <olek@example.org>\n---\n x.c | 2 +-\n\ndiff --git a/x.c b/x.c\n--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n-a\n+b\n-- \n2.30.0'.replace(
      '\n-- \n2.30.0',
      '',
    ),
  'markdown quote as content':
    'I found this in the docs:\n\n> Retries are off by default.\n\nSo we have to turn them on ourselves. Could you do that today, and tell Olek when it is done? Also the tests need care.\nAnd the docs.\nAnd the site.\nThanks to all.\nMuch obliged.',
  'insurance quote':
    'Your quote #123\n\nDate: 3 May 2024\nTo: Mira Kos\nSubject to approval: yes\nTotal: 300\n\nReply to accept.',
  'sent from prose': 'The parcel was\nSent from Berlin on Monday, it arrived broken.\nPlease help.',
  'best practice closing':
    'Best,\n\nworst and average cases are in the table. Please read all of them before Friday.',
  'one word': 'ok',
  emoji: '👍',
  'url only': 'https://example.org/a',
  question: '?',
  'on wrote single': 'On reflection, what Olek wrote: true.',
  'quote then answer no marks': '"Shall we meet on Friday?"\n\nYes, at ten.',
  'numbered answers': '1) yes\n2) no\n3) on 3 May 2024 at 10:12, as agreed\n4) see what Olek wrote',
  'unsubscribe talk':
    'Please unsubscribe me from the list; I received this twice.\nAlso I got confidential papers by mistake. Delete them?',
  'signature words':
    'Regarding the signature: please sign here\n\n____________________\nMira Kos, buyer\n\n____________________\nOlek Nowak, seller\n\nand send it back to us by Friday, thank you very much for your time and patience.',
  'original message prose': 'The original message: lost.\nForwarded by hand.\nWe need it again.',
  'japanese prose': '先日田中さんは書きました：\n明日行きます。\n私も行きます。',
  'chinese prose': '他在信中写道：\n我明天到。\n你来吗？',
  'fw talk': 'We begin forwarded message handling next week:\n- filters\n- rules',
};
const HTML: Record<string, string> = {
  'html typed quote':
    '<p>The paper says</p><blockquote><p>All is one.</p></blockquote><p>and I agree with it, since</p><ul><li>it is short</li><li>it is true</li><li>it is old</li><li>it is known</li></ul><p>What do you think?</p><p>Shall we cite it?</p><p>In the intro?</p>',
  'html table from to':
    '<table><tr><th>From</th><td>Berlin</td></tr><tr><th>To</th><td>Warsaw</td></tr><tr><th>Date</th><td>3 May</td></tr></table><p>Have a nice trip</p>',
  'html border-top':
    '<p>Part one</p><div style="border-top:1px solid #ccc;padding-top:3px"><p>Part two is here</p></div>',
  'html hr': '<p>Part one</p><hr><p>Part two: From here on, To the end.</p>',
  'html wrote':
    '<p>On Monday, 3 May 2024 Ann wrote a letter:</p><p>Dear all, I leave.</p><p>We should answer.</p>',
  'html section class quote':
    '<div class="quote"><p>Your quote for the roof</p></div><p>Total: 3,000 EUR</p><p>Valid until Friday</p>',
};

const words = (text: string): string[] => text.match(/[\p{L}\p{N}\p{Extended_Pictographic}?]+/gu) ?? [];
const cleaned = (body: string, type: string, subject: string): string =>
  cleanRawMail(
    Buffer.from(
      `From: a@example.org\r\nSubject: ${subject}\r\nContent-Type: text/${type}; charset=utf-8\r\n\r\n${body}`,
    ),
  ).text;

// Mutants: "wrote:" enough for an attribution; From, To and Date enough for a head; a rule enough for a signature.
describe.each(['Plans', 'Re: Plans'])('a mail that only looks as if it had history, "%s"', (subject) => {
  it.each(Object.entries(PLAIN))('keeps every word: %s', (_name, body) => {
    expect(words(cleaned(body, 'plain', subject))).toEqual(words(body));
  });

  it.each(Object.entries(HTML))('keeps every word: %s', (_name, body) => {
    expect(words(cleaned(body, 'html', subject))).toEqual(words(body.replace(/<[^>]+>/g, ' ')));
  });
});
