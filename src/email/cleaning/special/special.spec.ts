import { cleanRawMail } from '../clean-mail';
import { describeCalendar } from './calendar';

const mail = (...lines: string[]): Buffer => Buffer.from(lines.join('\r\n'));
const EVENT = [
  'BEGIN:VEVENT',
  'SUMMARY:Harbour\\, meeting',
  'DTSTART;TZID=Europe/Kyiv:20240503T100000',
  'DTEND;TZID=Europe/Kyiv:20240503T110000',
  'LOCATION:Pier 4',
  'ORGANIZER;CN="Ann Lee":mailto:ann@example.org',
  'ATTENDEE;PARTSTAT=DECLINED;CN=Olek:mailto:o@example.org',
  'END:VEVENT',
  'END:VCALENDAR',
];
const calendar = (method: string): string =>
  [
    'BEGIN:VCALENDAR',
    `METHOD:${method}`,
    'BEGIN:VTIMEZONE',
    'TZID:Europe/Kyiv',
    'BEGIN:STANDARD',
    'DTSTART:19700101T000000',
    'END:STANDARD',
    'END:VTIMEZONE',
    ...EVENT,
  ].join('\r\n');

describe('calendar parts', () => {
  it('become a line that says what they are', () => {
    expect(describeCalendar(calendar('REQUEST'))).toBe(
      '[Calendar invitation: Harbour, meeting; when: 2024-05-03 10:00 Europe/Kyiv to 2024-05-03 11:00 Europe/Kyiv; where: Pier 4; organiser: Ann Lee]',
    );
    expect(describeCalendar(calendar('CANCEL'))).toMatch(/^\[Calendar event cancelled: Harbour/);
    expect(describeCalendar(calendar('REPLY'))).toMatch(
      /^\[Answer to a calendar invitation: .*Olek declined\]$/,
    );
    expect(describeCalendar('BEGIN:VCALENDAR\nEND:VCALENDAR')).toBe('');
  });

  it('are read beside the text of their mail', () => {
    const { text, notes, kind } = cleanRawMail(
      mail(
        'Content-Type: multipart/alternative; boundary=b',
        '',
        '--b',
        '',
        'Please come.',
        '--b',
        'Content-Type: text/calendar; method=REQUEST',
        '',
        calendar('REQUEST'),
        '--b--',
      ),
    );
    expect(text).toMatch(/^\[Calendar invitation: [^\n]+\]\n\nPlease come\.$/);
    expect(notes).toContain('calendar-invite');
    expect(kind).toBe('text');
  });
});

describe('bounces', () => {
  it('tell the outcome, and leave the returned mail out', () => {
    const { text, notes } = cleanRawMail(
      mail(
        'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
        '',
        '--b',
        '',
        'Your mail was not delivered.',
        '--b',
        'Content-Type: message/delivery-status',
        '',
        'Reporting-MTA: dns; mx.example.org',
        '',
        'Final-Recipient: rfc822; o@example.org',
        'Action: failed',
        'Status: 5.1.1',
        'Diagnostic-Code: smtp; 550 5.1.1',
        '  no such user',
        '--b',
        'Content-Type: message/rfc822',
        '',
        'Subject: secret plan',
        '',
        'secret words',
        '--b--',
      ),
    );
    expect(text).toBe(
      '[Delivery failed to o@example.org (5.1.1): 550 5.1.1 no such user]\n\nYour mail was not delivered.',
    );
    expect(notes).toContain('bounce');
  });

  it('without a report lose the raw headers below the explanation', () => {
    const { text, notes } = cleanRawMail(
      mail(
        'From: MAILER-DAEMON@example.org',
        'Subject: failure',
        '',
        'No such user.',
        '',
        '--- Below this line is a copy',
        '',
        'Received: from a by b',
        'DKIM-Signature: v=1',
        'Message-ID: <1@x>',
        'Subject: secret plan',
        '',
        'secret words',
      ),
    );
    expect(text).toBe('No such user.\n\n--- Below this line is a copy');
    expect(notes).toContain('bounce');
  });

  it('of the friendly kind are read receipts', () => {
    const { text } = cleanRawMail(
      mail(
        'Content-Type: multipart/report; report-type=disposition-notification; boundary=b',
        '',
        '--b',
        'Content-Type: message/disposition-notification',
        '',
        'Final-Recipient: rfc822;o@example.org',
        'Disposition: manual-action/MDN-sent-manually; displayed',
        '--b--',
      ),
    );
    expect(text).toBe('[Read receipt from o@example.org: displayed]');
  });
});

describe('encrypted mail', () => {
  it.each([
    [
      'PGP',
      [
        'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b',
        '',
        '--b',
        'Content-Type: application/pgp-encrypted',
        '',
        'Version: 1',
        '--b--',
      ],
    ],
    [
      'PGP',
      [
        'Content-Type: text/plain',
        '',
        '-----BEGIN PGP MESSAGE-----',
        '',
        'hQEMA',
        '-----END PGP MESSAGE-----',
      ],
    ],
    [
      'S/MIME',
      [
        'Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m',
        'Content-Transfer-Encoding: base64',
        '',
        'MIAG',
      ],
    ],
  ])('is told as such: %s', (name, lines) => {
    const mailIsEncrypted = cleanRawMail(mail('Subject: x', ...lines));
    expect(mailIsEncrypted.kind).toBe('encrypted');
    expect(mailIsEncrypted.text).toContain(name);
  });

  it('is not what is only signed', () => {
    const signed = cleanRawMail(
      mail(
        'Subject: x',
        '',
        '-----BEGIN PGP SIGNED MESSAGE-----',
        'Hash: SHA256',
        '',
        'The ferry',
        '- -- leaves',
        '-----BEGIN PGP SIGNATURE-----',
        '',
        'iQEz',
        '-----END PGP SIGNATURE-----',
      ),
    );
    expect(signed).toMatchObject({ kind: 'text', notes: ['signed'] });
    expect(signed.text).toBe('The ferry\n-- leaves');
  });
});
