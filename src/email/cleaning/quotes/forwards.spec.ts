import { cleanRawMail } from '../clean-mail';

const clean = (
  body: string,
  subject: string,
  type = 'text/html',
): { text: string; notes: readonly string[] } =>
  cleanRawMail(
    Buffer.from(
      `From: a@example.org\r\nSubject: ${subject}\r\nContent-Type: ${type}; charset=utf-8\r\n\r\n${body}`,
    ),
  );

const OLD = '<div>The ferry leaves at nine.</div>';
const HEAD =
  'From: <b>Olek</b> &lt;olek@example.org&gt;<br>Date: Fri, 3 May 2024 at 10:12<br>Subject: Ferry<br>To: Mira &lt;mira@example.org&gt;<br>';

const FORWARDS: Record<string, [string, string]> = {
  Gmail: [
    'Fwd: Ferry',
    `<div dir="ltr">See below<br><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">---------- Forwarded message ---------<br>${HEAD}</div><br><br>${OLD}</div></div>`,
  ],
  'Gmail, its subject rewritten': [
    'Ferry times',
    `<div dir="ltr">See below<br><div class="gmail_quote">---------- Forwarded message ----------<br>${HEAD}<br>${OLD}</div></div>`,
  ],
  'Gmail, German': [
    'Fwd: Ferry',
    `See below<div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message ---------<br>Von: Olek &lt;o@example.org&gt;<br>Date: Fr., 3. Mai 2024<br>Subject: Ferry<br></div>${OLD}</div>`,
  ],
  'Apple Mail': [
    'Fwd: Ferry',
    `See below<div><br><blockquote type="cite"><div>Begin forwarded message:</div><br><div><b>From: </b>Olek &lt;o@example.org&gt;<br></div><div><b>Subject: </b><b>Ferry</b><br></div><div><b>Date: </b>3 May 2024<br></div><div><b>To: </b>Mira<br></div><br>${OLD}</blockquote></div>`,
  ],
  'Apple Mail, French': [
    'TR: Ferry',
    `See below<br><blockquote type="cite">Début du message réexpédié :<br><b>De: </b>Olek<br>${OLD}</blockquote>`,
  ],
  'Outlook for the desktop': [
    'FW: Ferry',
    `<p class="MsoNormal">See below</p><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in"><p class="MsoNormal"><b>From:</b> Olek &lt;o@example.org&gt;<br><b>Sent:</b> 3 May 2024<br><b>To:</b> Mira<br><b>Subject:</b> Ferry</p></div>${OLD}`,
  ],
  'Outlook, German': [
    'WG: Ferry',
    `<p>See below</p><div id="divRplyFwdMsg"><b>Von:</b> Olek &lt;o@example.org&gt;<br><b>Gesendet:</b> 3. Mai 2024<br><b>An:</b> Mira<br><b>Betreff:</b> Ferry</div>${OLD}`,
  ],
  'Outlook with nothing but a signature above': [
    'Ferry',
    `<div id="Signature">Mira, Harbour Office</div><div id="divRplyFwdMsg"><b>From:</b> Olek &lt;o@example.org&gt;<br><b>Sent:</b> 3 May 2024<br><b>To:</b> Mira<br><b>Subject:</b> Ferry</div>${OLD}`,
  ],
  Thunderbird: [
    'Fwd: Ferry',
    `See below<br><div class="moz-forward-container"><br>-------- Forwarded Message --------<table class="moz-email-headers-table"><tr><th>Subject: </th><td>Ferry</td></tr><tr><th>From: </th><td>Olek</td></tr></table>${OLD}</div>`,
  ],
  Yahoo: [
    'Fw: Ferry',
    `See below<div id="yahoo_quoted_1" class="yahoo_quoted"><div>----- Forwarded Message -----<br>From: Olek &lt;o@example.org&gt;<br>To: Mira<br>Sent: Friday, 3 May 2024<br>Subject: Ferry<br>${OLD}</div></div>`,
  ],
  Proton: [
    'Fw: Ferry',
    `See below<div class="protonmail_quote">------- Forwarded Message -------<br>From: Olek &lt;o@example.org&gt;<br>Date: On Friday, 3 May 2024<br>Subject: Ferry<br><br><blockquote class="protonmail_quote">${OLD}</blockquote></div>`,
  ],
  Zoho: [
    'Fwd: Ferry',
    `See below<div class="zmail_extra">============ Forwarded message ============<br>From: Olek &lt;o@example.org&gt;<br>To: Mira<br>Date: Fri, 03 May 2024<br>Subject: Ferry<br>============ Forwarded message ============<br><blockquote>${OLD}</blockquote></div>`,
  ],
  'Lotus Notes': [
    'Ferry',
    `See below<br>----- Forwarded by Mira/Harbour on 03/05/2013 10:12 -----<br>From: Olek<br>To: Mira<br>Date: 3 May 2013<br>Subject: Ferry<br><hr>${OLD}`,
  ],
};

describe('forwards', () => {
  it.each(Object.entries(FORWARDS))('are kept with what they forward: %s', (_name, [subject, html]) => {
    const { text, notes } = clean(html, subject);
    expect(text).toContain('The ferry leaves at nine.');
    expect(notes).toContain('forward');
    if (html.includes('See below')) expect(text).toContain('See below');
  });

  it('are kept in plain text, quoted or not, in any language', () => {
    const heads = [
      '---------- Forwarded message ---------',
      'Begin forwarded message:',
      '-------- Пересылаемое сообщение --------',
      '-------- Mensaje reenviado --------',
      '---------- 転送メッセージ ---------',
      '----- Weitergeleitete Nachricht -----',
    ];
    for (const head of heads) {
      const { text } = clean(
        `FYI\n\n${head}\n\n> From: Olek\n> Subject: Ferry\n>\n> The ferry leaves at nine.\n`,
        'Ferry',
        'text/plain',
      );
      expect(text).toContain('The ferry leaves at nine.');
    }
  });

  it('inside the history of an answer go with the history', () => {
    const { text } = clean(
      'Thanks!\n\n-----Original Message-----\n\nFYI\n\n---------- Forwarded message ----------\nFrom: o@example.org\n\nThe ferry leaves at nine.\n',
      'Re: Ferry',
      'text/plain',
    );
    expect(text).toBe('Thanks!');
  });
});
