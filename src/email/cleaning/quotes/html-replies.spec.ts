import { cleanRawMail } from '../clean-mail';

const clean = (html: string, subject = 'Re: Plans'): string =>
  cleanRawMail(
    Buffer.from(
      `From: a@example.org\r\nSubject: ${subject}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html}`,
    ),
  ).text;

/** What every reply below says anew; everything else in it is history. */
const REPLY = 'Friday suits me.\n\nThanks,\nMira';
const NEW = '<div>Friday suits me.</div><div><br></div><div>Thanks,<br>Mira</div>';
const OLD = '<div>Shall we meet on Friday?</div><div>Olek</div>';

const gmail = (attribution: string): string =>
  `<div dir="ltr">${NEW}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">${attribution}<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex"><div dir="ltr">${OLD}</div></blockquote></div>`;
const apple = (attribution: string): string =>
  `<html><body style="word-wrap: break-word;">${NEW}<div><br></div><div><div>${attribution}</div><br class="Apple-interchange-newline"><blockquote type="cite"><div>${OLD}</div></blockquote></div></body></html>`;
const outlook = (from: string, sent: string, to: string, subject: string): string =>
  `<div class="WordSection1"><p class="MsoNormal">Friday suits me.<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><p class="MsoNormal">Thanks,<o:p></o:p></p><p class="MsoNormal">Mira<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b><span>${from}:</span></b><span> Olek Nowak &lt;olek@example.org&gt; <br><b>${sent}:</b> 3 May 2024 10:12<br><b>${to}:</b> Mira<br><b>${subject}:</b> Plans<o:p></o:p></span></p></div></div><p class="MsoNormal">Shall we meet on Friday?<o:p></o:p></p></div>`;
const headerLines = (from: string, sent: string, to: string, subject: string): string =>
  `<b>${from}</b> Olek Nowak &lt;olek@example.org&gt;<br><b>${sent}</b> 3 May 2024 10:12<br><b>${to}</b> Mira &lt;mira@example.org&gt;<br><b>${subject}</b> Plans`;

const REPLIES: Record<string, string> = {
  'Gmail, English': gmail(
    'On Fri, 3 May 2024 at 10:12, Olek Nowak &lt;<a href="mailto:olek@example.org">olek@example.org</a>&gt; wrote:',
  ),
  'Gmail, German': gmail('Am Fr., 3. Mai 2024 um 10:12 Uhr schrieb Olek Nowak &lt;olek@example.org&gt;:'),
  'Gmail, French': gmail('Le ven. 3 mai 2024 à 10:12, Olek Nowak &lt;olek@example.org&gt; a écrit :'),
  'Gmail, Portuguese': gmail(
    'Em sex., 3 de mai. de 2024 às 10:12, Olek Nowak &lt;olek@example.org&gt; escreveu:',
  ),
  'Gmail, Turkish': gmail('Olek Nowak &lt;olek@example.org&gt;, 3 May 2024 Cum, 10:12 tarihinde şunu yazdı:'),
  'Gmail, Japanese': gmail('2024年5月3日(金) 10:12 Olek Nowak &lt;olek@example.org&gt;:'),
  'Gmail, Hebrew': gmail(
    '‫בתאריך יום ו׳, 3 במאי 2024 ב-10:12 מאת ‪Olek Nowak‬‏ &lt;‪olek@example.org‬‏&gt;:‬',
  ),
  'Gmail without its class on the frame': gmail('On Fri, 3 May 2024, Olek Nowak wrote:').replaceAll(
    / class="[^"]*"/g,
    '',
  ),
  'Gmail, seen through Outlook': gmail('On Fri, 3 May 2024, Olek Nowak wrote:').replaceAll(
    'class="gmail',
    'class="x_gmail',
  ),
  'Gmail, old and flat':
    '<div dir="ltr">Friday suits me.<br><br>Thanks,<br>Mira</div><div class="gmail_extra"><br><br><div class="gmail_quote">2014-05-03 10:12 GMT+02:00 Olek Nowak <span dir="ltr">&lt;<a href="mailto:olek@example.org" target="_blank">olek@example.org</a>&gt;</span>:<br><blockquote class="gmail_quote">Shall we meet on Friday?</blockquote></div><br></div>',
  'Apple Mail, English': apple('On 3 May 2024, at 10:12, Olek Nowak &lt;olek@example.org&gt; wrote:'),
  'Apple Mail, Dutch': apple(
    'Op 3 mei 2024, om 10:12 heeft Olek Nowak &lt;olek@example.org&gt; het volgende geschreven:',
  ),
  'Apple Mail, Spanish': apple('El 3 may 2024, a las 10:12, Olek Nowak &lt;olek@example.org&gt; escribió:'),
  'Apple Mail, Chinese': apple('在 2024年5月3日，10:12，Olek Nowak &lt;olek@example.org&gt; 写道：'),
  'Apple Mail, attribution within the quote': `${NEW}<div><br></div><blockquote type="cite"><div>On May 3, 2024, at 10:12 AM, Olek Nowak wrote:</div><br>${OLD}</blockquote>`,
  iPhone: `<body dir="auto">${NEW}<div><br><div id="AppleMailSignature" dir="ltr">Sent from my iPhone</div><div dir="ltr"><br>On May 3, 2024, at 10:12 AM, Olek Nowak &lt;olek@example.org&gt; wrote:<br><br></div><blockquote type="cite"><div dir="ltr">${OLD}</div></blockquote></div></body>`,
  'iPhone, German': `<body dir="auto">${NEW}<br>Von meinem iPhone gesendet<div dir="ltr"><br><blockquote type="cite">Am 03.05.2024 um 10:12 schrieb Olek Nowak &lt;olek@example.org&gt;:<br><br></blockquote></div><blockquote type="cite">${OLD}</blockquote></body>`,
  'Outlook for the desktop, English': outlook('From', 'Sent', 'To', 'Subject'),
  'Outlook for the desktop, German': outlook('Von', 'Gesendet', 'An', 'Betreff'),
  'Outlook for the desktop, French': outlook('De&nbsp;', 'Envoyé&nbsp;', 'À&nbsp;', 'Objet&nbsp;'),
  'Outlook for the desktop, Polish': outlook('Od', 'Wysłano', 'Do', 'Temat'),
  'Outlook for the desktop, Swedish': outlook('Från', 'Skickat', 'Till', 'Ämne'),
  'Outlook for the desktop, a language nobody listed': outlook('Qx', 'Qy', 'Qz', 'Qw'),
  'Outlook 2003': `<div class="Section1"><p class="MsoNormal">Friday suits me.</p><p class="MsoNormal">&nbsp;</p><p class="MsoNormal">Thanks,<br>Mira</p><div><div class="MsoNormal" align="center"><hr size="2" width="100%" align="center" tabindex="-1"></div><p class="MsoNormal">${headerLines('From:', 'Sent:', 'To:', 'Subject:')}</p></div><p class="MsoNormal">Shall we meet on Friday?</p></div>`,
  'Outlook on the web': `${NEW}<div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font>${headerLines('From:', 'Sent:', 'To:', 'Subject:')}</font><div>&nbsp;</div></div>${OLD}`,
  'Outlook on the web, Czech': `${NEW}<hr tabindex="-1"><div id="x_divRplyFwdMsg">${headerLines('Od:', 'Odesláno:', 'Komu:', 'Předmět:')}</div>${OLD}`,
  'Outlook, new, its container': `${NEW}<div id="mail-editor-reference-message-container"><div class="ms-outlook-mobile-reference-message"><hr>${headerLines('From:', 'Date:', 'To:', 'Subject:')}</div>${OLD}</div>`,
  'Outlook for iOS': `${NEW}<div><br></div><div id="ms-outlook-mobile-signature"><div></div>Get <a href="https://aka.ms/o0ukef">Outlook for iOS</a></div><hr style="display:inline-block;width:98%"><div id="divRplyFwdMsg">${headerLines('From:', 'Sent:', 'To:', 'Subject:')}</div>${OLD}`,
  'Outlook for Mac': `${NEW}<div><br></div><span id="OLK_SRC_BODY_SECTION"><div style="border-top:#b5c4df 1pt solid;"><span>From: </span> Olek Nowak &lt;olek@example.org&gt;<br><span>Date: </span> Friday, 3 May 2024 10:12<br><span>To: </span> Mira<br></div>${OLD}</span>`,
  Hotmail: `<div>Friday suits me.<br><br>Thanks,<br>Mira<br><br><div><hr id="stopSpelling">Date: Fri, 3 May 2013 10:12:00 +0200<br>From: olek@example.org<br>To: mira@example.org<br>Subject: Plans<br><br>Shall we meet on Friday?</div></div>`,
  'Windows Mail': `<div data-externalstyle="false">${NEW}<div><br></div><div style="padding-top: 5px; border-top-color: rgb(229, 229, 229); border-top-width: 1px; border-top-style: solid;"><div><font><b>From:</b>&nbsp;<a href="mailto:olek@example.org">Olek Nowak</a><br><b>Sent:</b>&nbsp;Friday, 3 May 2013 10:12<br><b>To:</b>&nbsp;<a href="mailto:mira@example.org">Mira</a></font></div></div><div><br></div>${OLD}</div>`,
  Yahoo: `<div class="ydp12ab-yahoo-style-wrap">${NEW}</div><div id="yahoo_quoted_1234" class="yahoo_quoted"><div><div>On Friday, May 3, 2024 at 10:12:00 AM GMT+2, Olek Nowak &lt;olek@example.org&gt; wrote:</div><div><br></div><div>${OLD}</div></div></div>`,
  'Yahoo, rewritten classes': `${NEW}<div id="ydp9f8eyahoo_quoted_77" class="ydp9f8eyahoo_quoted"><div>Le vendredi 3 mai 2024 à 10:12:00 UTC+2, Olek Nowak a écrit :</div>${OLD}</div>`,
  'Yahoo, old': `<div>Friday suits me.<br><br>Thanks,<br>Mira<br><div style="font-family: times;"><div dir="ltr"><hr size="1"><b>From:</b> Olek Nowak &lt;olek@example.org&gt;<br><b>To:</b> Mira<br><b>Sent:</b> Friday, May 3, 2013 10:12 AM<br><b>Subject:</b> Plans<br></div><br>Shall we meet on Friday?</div></div>`,
  Thunderbird: `<body>${NEW}<br><div class="moz-cite-prefix">On 5/3/24 10:12, Olek Nowak wrote:<br></div><blockquote type="cite" cite="mid:1@example.org">${OLD}</blockquote></body>`,
  'Thunderbird, Finnish': `<body>${NEW}<br><div class="moz-cite-prefix">3.5.2024 klo 10.12, Olek Nowak kirjoitti:<br></div><blockquote type="cite" cite="mid:1@example.org">${OLD}</blockquote><div class="moz-signature">-- <br>Mira, somewhere</div></body>`,
  Android: `${NEW}<br><div class="gmail_quote">On May 3, 2024 10:12, Olek Nowak &lt;olek@example.org&gt; wrote:<blockquote class="gmail_quote" style="margin: 0pt 0pt 0pt 0.8ex;">${OLD}</blockquote></div>`,
  Samsung: `${NEW}<div><br></div><div id="composer_signature"><div>Sent from my Galaxy</div></div><div><br></div><div style="font-size:100%"><!-- originalMessage --><div>-------- Original message --------</div><div>From: Olek Nowak &lt;olek@example.org&gt; </div><div>Date: 03/05/2024 10:12 (GMT+01:00) </div><div>To: Mira </div><div>Subject: Plans </div><div><br></div></div>${OLD}`,
  Proton: `${NEW}<br><div class="protonmail_signature_block"><div class="protonmail_signature_block-proton">Sent with <a href="https://proton.me/">Proton Mail</a> secure email.</div></div><br><div class="protonmail_quote">On Friday, 3 May 2024 at 10:12, Olek &lt;olek@example.org&gt; wrote:<br><br><blockquote class="protonmail_quote" type="cite">${OLD}</blockquote><br></div>`,
  Zoho: `${NEW}<br><div class="zmail_extra" id="zmail_block"><div id="Zm-_Id_-Sgn1">---- On Fri, 03 May 2024 10:12:00 +0200 <b>Olek Nowak &lt;olek@example.org&gt;</b> wrote ----<br></div><br><blockquote style="border-left: 1px solid; padding-left: 6px;">${OLD}</blockquote></div>`,
  'Zoho without its markup': `${NEW}<br>---- On Fri, 03 May 2024 10:12:00 +0200 Olek Nowak &lt;olek@example.org&gt; wrote ----<br><br>${OLD}`,
  Zimbra: `${NEW}<div><br></div><hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__"><b>From: </b>"Olek Nowak" &lt;olek@example.org&gt;<br><b>To: </b>"Mira"<br><b>Sent: </b>Friday, 3 May, 2024 10:12:00<br><b>Subject: </b>Plans<br></div><div data-marker="__QUOTED_TEXT__">${OLD}</div>`,
  Comcast: `<div style="font-family: Arial;">Friday suits me.<br><br>Thanks,<br>Mira<br><br>----- Original Message -----<br>From: "Olek Nowak" &lt;olek@example.org&gt;<br>To: "Mira" &lt;mira@example.org&gt;<br>Sent: Friday, May 3, 2013 10:12:00 AM<br>Subject: Plans<br><br>Shall we meet on Friday?</div>`,
  AOL: `<font>Friday suits me.<br><br>Thanks,<br>Mira<br><br><div>-----Original Message-----<br>From: Olek &lt;olek@example.org&gt;<br>To: mira &lt;mira@example.org&gt;<br>Sent: Fri, May 3, 2013 10:12 am<br>Subject: Plans<br><br><div>Shall we meet on Friday?</div></div></font>`,
  'Yandex, mail.ru': `<div>${NEW}</div><div><br></div><div>03.05.2024, 10:12, "Olek Nowak" &lt;olek@example.org&gt;:</div><blockquote><p>Shall we meet on Friday?</p></blockquote>`,
  'mail.ru': `${NEW}<br><blockquote style="border-left:1px solid #0857A6;margin:10px;padding:0 0 0 10px;">Пятница, 3 мая 2024, 10:12 +03:00 от Olek Nowak &lt;olek@example.org&gt;:<br>${OLD}</blockquote>`,
  QQ: `${NEW}<div><br></div><div style="font-size: 12px;">------------------&nbsp;原始邮件&nbsp;------------------</div><div><div><b>发件人:</b>&nbsp;"Olek"&lt;olek@example.org&gt;;</div><div><b>发送时间:</b>&nbsp;2024年5月3日(星期五) 10:12</div><div><b>收件人:</b>&nbsp;"Mira";</div><div><b>主题:</b>&nbsp;Plans</div></div>${OLD}`,
  Sparrow: `${NEW}<p style="color: #A0A0A8;">On Friday, 3 May 2013 at 10:12, Olek Nowak wrote:</p><blockquote type="cite" style="border-left-style:solid;border-width:1px;"><span>${OLD}</span></blockquote>`,
  Spark: `<div name="messageBodySection">${NEW}</div><div name="messageSignatureSection"><br>Sent via Spark</div><div name="messageReplySection">On 3 May 2024 at 10:12 +0200, Olek Nowak &lt;olek@example.org&gt;, wrote:<br><blockquote type="cite">${OLD}</blockquote></div>`,
  Airmail: `${NEW}<br><p class="airmail_on">On 3 May 2024 at 10:12:00, Olek Nowak (<a href="mailto:olek@example.org">olek@example.org</a>) wrote:</p><blockquote type="cite" class="clean_bq"><span>${OLD}</span></blockquote>`,
  Roundcube: `<p>Friday suits me.</p><p>Thanks,<br>Mira</p><p id="reply-intro">On 2024-05-03 10:12, Olek Nowak wrote:</p><blockquote type="cite" style="padding: 0 0.4em;">${OLD}</blockquote>`,
  'Lotus Notes': `<font>Friday suits me.</font><br><br><font>Thanks,<br>Mira</font><br><br><br><font>From: &nbsp; &nbsp; &nbsp; &nbsp;Olek Nowak &lt;olek@example.org&gt;</font><br><font>To: &nbsp; &nbsp; &nbsp; &nbsp;Mira</font><br><font>Date: &nbsp; &nbsp; &nbsp; &nbsp;05/03/2013 10:12 AM</font><br><font>Subject: &nbsp; &nbsp; &nbsp; &nbsp;Plans</font><br><hr noshade><br>${OLD}`,
  'header block as a table': `${NEW}<hr><table><tr><td><b>From:</b></td><td>Olek &lt;olek@example.org&gt;</td></tr><tr><td><b>Sent:</b></td><td>3 May 2024</td></tr><tr><td><b>To:</b></td><td>Mira</td></tr><tr><td><b>Subject:</b></td><td>Plans</td></tr></table>${OLD}`,
  'no quote markup at all': `${NEW}<div>On 3 May 2024, at 10:12, Olek Nowak &lt;olek@example.org&gt; wrote:</div><div>Shall we meet on Friday?</div>`,
  'text typed as plain': `Friday suits me.<br><br>Thanks,<br>Mira<br><br>On 3 May 2024, Olek Nowak wrote:<br>&gt; Shall we meet on Friday?<br>&gt; Olek`,
  'attribution split over elements': `${NEW}<div>On Fri, May 3, 2024 at 10:12 AM</div><div>Olek Nowak &lt;<a href="mailto:olek@example.org">olek@example.org</a></div><div>&gt; wrote:</div><blockquote>${OLD}</blockquote>`,
  'unclosed markup': `<div>Friday suits me.<br><br>Thanks,<br>Mira<div class="gmail_quote">On 3 May 2024, Olek wrote:<blockquote>${OLD}`,
  'unmarked blockquote in an answer': `${NEW}<blockquote>${OLD}</blockquote>`,
};

describe('HTML replies', () => {
  it.each(Object.entries(REPLIES))('keeps only what was written anew: %s', (_name, html) => {
    const text = clean(html).replace(/\n{2,}/g, '\n');
    expect(text.replace(/\n-- \nMira, somewhere$/, '')).toBe(REPLY.replace(/\n{2,}/g, '\n'));
  });
});

describe('what is no history', () => {
  it('keeps a blockquote that the author typed', () => {
    expect(
      clean(
        '<p>As the poet says:</p><blockquote>All is one.</blockquote><p>I agree with every word.</p>',
        'A poem',
      ),
    ).toContain('All is one.');
    expect(clean('<p>See:</p><blockquote class="gmail_quote"><div>All is one.</div></blockquote>')).toContain(
      'All is one.',
    );
    expect(clean('<p>As the poet says</p><blockquote>All is one.</blockquote>', 'A poem')).toContain(
      'All is one.',
    );
  });

  it('keeps the blockquote above an attribution and drops the one below', () => {
    const text = clean(
      'Look:<blockquote>A line of verse</blockquote><div>On 3 May 2024, at 10:12, Olek &lt;o@example.org&gt; wrote:</div><blockquote>Shall we?<blockquote>Nested</blockquote></blockquote>',
    );
    expect(text).toContain('A line of verse');
    expect(text).not.toMatch(/Shall we|Nested|wrote/);
  });

  it('keeps answers between the quotes', () => {
    const text = clean(
      '<div class="gmail_quote"><div class="gmail_attr">On 3 May 2024, Olek wrote:</div><blockquote class="gmail_quote">Shall we meet?</blockquote><div>Yes, gladly.</div><blockquote class="gmail_quote">And where?</blockquote><div>At the harbour.</div></div>',
    );
    expect(text).toBe('Yes, gladly.\n\nAt the harbour.');
  });

  it('keeps what stands below the quote', () => {
    const text = clean(
      '<div class="moz-cite-prefix">On 3 May 2024, Olek wrote:</div><blockquote type="cite">Shall we meet?</blockquote><p>Yes, at the harbour.</p>',
    );
    expect(text).toBe('Yes, at the harbour.');
  });

  it('keeps a mail that is nothing but a quote', () => {
    expect(
      clean('<div class="gmail_quote"><blockquote class="gmail_quote">Only this.</blockquote></div>'),
    ).toContain('Only this.');
  });
});
