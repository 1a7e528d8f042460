import { cleanGmailMail, cleanRawMail, type GmailPayload } from '..';

const data = (text: string): string => Buffer.from(text).toString('base64url');
const header = (name: string, value: string): { name: string; value: string } => ({ name, value });

describe('a Gmail payload', () => {
  it('is UTF-8 whatever charset its part declares', () => {
    const payload: GmailPayload = {
      mimeType: 'text/plain',
      headers: [header('Subject', 'Grüße'), header('Content-Type', 'text/plain; charset=iso-8859-1')],
      body: { data: data('größer'), size: 8 },
    };
    expect(cleanGmailMail(payload)).toMatchObject({ kind: 'text', text: 'größer', subject: 'Grüße' });
  });

  it('falls back on the declared charset where its bytes are no UTF-8', () => {
    const body = { data: Buffer.from([0xcf, 0xf0, 0xe8]).toString('base64url') };
    const headers = [header('Content-Type', 'text/plain; charset=windows-1251')];
    expect(cleanGmailMail({ mimeType: 'text/plain', headers, body }).text).toBe('При');
  });

  it('gives the same as the raw mail', () => {
    const html =
      '<p>Friday suits me.</p><div class="gmail_quote">On 3 May 2024, Olek wrote:<blockquote>Old</blockquote></div>';
    const head = {
      From: 'Mira <Mira@Example.org>',
      To: 'o@example.org, p@example.org',
      Subject: 'Re: Plans',
      Date: 'Fri, 3 May 2024 10:12:00 +0200',
      'Message-ID': '<1@example.org>',
      'In-Reply-To': '<0@example.org>',
      'List-Id': 'Harbour <harbour.example.org>',
    };
    const raw = cleanRawMail(
      Buffer.from(
        `${Object.entries(head)
          .map(([name, value]) => `${name}: ${value}\r\n`)
          .join(
            '',
          )}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n${html}\r\n--b\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Disposition: attachment\r\n\r\n12345\r\n--b--\r\n`,
      ),
    );
    const gmail = cleanGmailMail({
      mimeType: 'multipart/mixed',
      headers: Object.entries(head).map(([name, value]) => header(name, value)),
      parts: [
        { mimeType: 'text/html', headers: [header('Content-Type', 'text/html')], body: { data: data(html) } },
        {
          mimeType: 'application/pdf',
          filename: 'a.pdf',
          headers: [header('Content-Disposition', 'attachment')],
          body: { attachmentId: 'x', size: 5 },
        },
      ],
    });
    expect(gmail).toEqual(raw);
    expect(raw).toMatchObject({
      text: 'Friday suits me.',
      from: { name: 'Mira', address: 'mira@example.org' },
      messageId: '1@example.org',
      inReplyTo: '0@example.org',
      listId: 'harbour.example.org',
      date: new Date('2024-05-03T08:12:00Z'),
      notes: ['history-cut'],
      attachments: [{ filename: 'a.pdf', mimeType: 'application/pdf', size: 5 }],
    });
  });

  it('is empty without a body', () => {
    expect(cleanGmailMail({}).kind).toBe('unparseable');
    expect(cleanGmailMail({ mimeType: 'text/plain', headers: [header('Subject', 'x')], body: {} }).kind).toBe(
      'empty',
    );
  });
});
