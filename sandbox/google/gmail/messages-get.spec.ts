import type { gmail_v1 } from '@googleapis/gmail';
import { gmailScopes } from '../oauth/scopes';
import { failure } from '../sdk-clients';
import { GmailFixture, gmailFixture } from './gmail-fixture';
import type { Mailbox } from './mailbox';

const { start } = GmailFixture;
const me = { userId: 'me' };

describe('Gmail', () => {
  const fixture = gmailFixture({ largeTextBytes: 4_000 });
  let gmail: gmail_v1.Gmail;
  let mailbox: Mailbox;
  beforeEach(() => {
    gmail = fixture.client(gmailScopes.modify);
    mailbox = fixture.mailbox;
  });

  describe('messages.get', () => {
    const multipart = Buffer.from(
      [
        'From: =?utf-8?q?J=C3=B6rg?= <joerg@example.org>',
        'Subject: =?iso-8859-1?Q?Gr=FC=DFe?=',
        'Content-Type: multipart/mixed; boundary="outer"',
        '',
        '--outer',
        'Content-Type: multipart/alternative; boundary="outer-2"',
        '',
        '--outer-2',
        'Content-Type: text/plain; charset=iso-8859-1',
        'Content-Transfer-Encoding: quoted-printable',
        '',
        'Sch=F6ne Gr=FC=DFe & bis bald',
        '--outer-2',
        'Content-Type: text/html; charset=utf-8',
        'Content-Transfer-Encoding: base64',
        '',
        Buffer.from('<p>Schöne Grüße</p>').toString('base64'),
        '--outer-2--',
        '--outer',
        'Content-Type: application/pdf; name="plan.pdf"',
        "Content-Disposition: attachment; filename*=utf-8''pl%C3%A4ne.pdf",
        'Content-Transfer-Encoding: base64',
        '',
        Buffer.from('%PDF-').toString('base64'),
        '--outer',
        'Content-Type: text/plain',
        '',
        'x'.repeat(5_000),
        '--outer--',
      ].join('\r\n'),
    );
    let id: string;
    beforeEach(() => {
      id = mailbox.add([{ raw: multipart, internalDate: start }])[0]!.id;
    });

    const text = (data: string | null | undefined): string =>
      Buffer.from(data ?? '', 'base64url').toString('utf8');

    it('gives the payload tree, with text as UTF-8 whatever its charset', async () => {
      const { data } = await gmail.users.messages.get({ ...me, id });
      const [alternative, pdf, large] = data.payload!.parts!;
      expect(data.payload).toMatchObject({ partId: '', mimeType: 'multipart/mixed', body: { size: 0 } });
      expect(alternative!.parts!.map((part) => [part.partId, part.mimeType, text(part.body!.data)])).toEqual([
        ['0.0', 'text/plain', 'Schöne Grüße & bis bald'],
        ['0.1', 'text/html', '<p>Schöne Grüße</p>'],
      ]);
      expect(pdf).toMatchObject({ partId: '1', filename: 'pläne.pdf', body: { size: 5 } });
      expect(pdf!.body!.data).toBeUndefined();
      expect(large!.body).toEqual({ attachmentId: expect.any(String), size: 5_000 });
      for (const [part, content] of [
        [pdf, '%PDF-'],
        [large, 'x'.repeat(5_000)],
      ] as const) {
        const attachmentId = part!.body!.attachmentId!;
        const attachment = await gmail.users.messages.attachments.get({
          ...me,
          messageId: id,
          id: attachmentId,
        });
        expect(text(attachment.data.data)).toBe(content);
      }
    });

    it('gives headers and facts', async () => {
      const { data } = await gmail.users.messages.get({ ...me, id });
      expect(data).toMatchObject({
        id,
        threadId: id,
        labelIds: ['INBOX', 'UNREAD'],
        snippet: 'Schöne Grüße &amp; bis bald',
        sizeEstimate: multipart.length,
        internalDate: String(start),
        historyId: String(mailbox.history.current),
      });
      expect(data.payload!.headers!.slice(0, 2)).toEqual([
        { name: 'From', value: 'Jörg <joerg@example.org>' },
        { name: 'Subject', value: 'Grüße' },
      ]);
    });

    it('knows the other formats', async () => {
      const raw = await gmail.users.messages.get({ ...me, id, format: 'raw' });
      expect(Buffer.from(raw.data.raw!, 'base64url')).toEqual(multipart);
      expect(raw.data.raw!.length % 4).toBe(0);
      const metadata = await gmail.users.messages.get({
        ...me,
        id,
        format: 'metadata',
        metadataHeaders: ['subject'],
      });
      expect(metadata.data.payload).toEqual({
        mimeType: 'multipart/mixed',
        headers: [{ name: 'Subject', value: 'Grüße' }],
      });
      const minimal = await gmail.users.messages.get({ ...me, id, format: 'minimal' });
      expect([minimal.data.payload, minimal.data.raw, minimal.data.id]).toEqual([undefined, undefined, id]);
    });

    it('gives only the wanted fields', async () => {
      const fields = 'id,payload(headers/name,parts(parts/mimeType))';
      const { data } = await gmail.users.messages.get({ ...me, id, fields });
      expect(data).toEqual({
        id,
        payload: {
          headers: [{ name: 'From' }, { name: 'Subject' }, { name: 'Content-Type' }],
          parts: [{ parts: [{ mimeType: 'text/plain' }, { mimeType: 'text/html' }] }, {}, {}],
        },
      });
      expect((await failure(gmail.users.messages.get({ ...me, id, fields: 'id,(' }))).status).toBe(400);
    });

    it('answers 404 for a message that is gone and 400 for no id at all', async () => {
      mailbox.delete(id);
      expect(await failure(gmail.users.messages.get({ ...me, id }))).toEqual({
        status: 404,
        body: {
          error: {
            code: 404,
            message: 'Requested entity was not found.',
            errors: [{ message: 'Requested entity was not found.', domain: 'global', reason: 'notFound' }],
            status: 'NOT_FOUND',
          },
        },
      });
      expect((await failure(gmail.users.messages.get({ ...me, id: 'not-an-id' }))).status).toBe(400);
    });
  });
});
