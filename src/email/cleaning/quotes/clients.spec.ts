import { cleanRawMail } from '../clean-mail';

const cleaned = (body: string, subject = 'Re: Plans', type = 'html'): string =>
  cleanRawMail(
    Buffer.from(
      `From: a@example.org\r\nSubject: ${subject}\r\nContent-Type: text/${type}; charset=utf-8\r\n\r\n${body}`,
    ),
  )
    .text.replace(/\s+/g, ' ')
    .trim();

const NEW = '<div>Friday suits me.</div><div><br></div><div>Thanks,<br>Mira</div>';
const OLD = '<div>Shall we meet on Friday?</div><div>Olek</div>';
const REPLY = 'Friday suits me. Thanks, Mira';
const OHEAD =
  '<b>From:</b> Olek Nowak &lt;olek@example.org&gt;<br><b>Sent:</b> Friday, May 3, 2024 10:12 AM<br><b>To:</b> Mira &lt;mira@example.org&gt;<br><b>Subject:</b> Plans';

/** Markup as these programs send it. */
const CLIENTS: Record<string, string> = {
  'Outlook mac new': `<html><body><div class="WordSection1"><p class="MsoNormal"><span>Friday suits me.</span></p><p class="MsoNormal"><span>&nbsp;</span></p><p class="MsoNormal">Thanks,</p><p class="MsoNormal">Mira</p><div id="mail-editor-reference-message-container"><div><div><div style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal" style="margin-bottom:12.0pt"><b>From: </b>Olek Nowak &lt;olek@example.org&gt;<br><b>Date: </b>Friday, 3 May 2024 at 10:12<br><b>To: </b>Mira &lt;mira@example.org&gt;<br><b>Subject: </b>Plans</p></div><p>Shall we meet?</p></div></div></div></div></body></html>`,
  'Outlook mobile android': `${NEW}<div id="ms-outlook-mobile-signature" dir="auto">Get <a href="https://aka.ms/AAb9ysg">Outlook for Android</a></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr">${OHEAD}<div>&nbsp;</div></div>${OLD}`,
  'Outlook mobile line': `<div>${NEW}</div><div class="ms-outlook-mobile-reference-message skipProofing"><hr style="display:inline-block;width:98%"><div>${OHEAD}</div><div>${OLD}</div></div>`,
  'Outlook new border attr': `${NEW}<div style="border-right:none;border-bottom:none;border-left:none;border-top:1pt solid rgb(225,225,225);padding:3pt 0in 0in"><p>${OHEAD}</p></div>${OLD}`,
  'Outlook ext banner': `${NEW}<div id="appendonsend"></div><hr><div id="divRplyFwdMsg">${OHEAD}</div><div><div style="background:#ffeb9c">CAUTION: This email originated from outside</div>${OLD}</div>`,
  'Samsung new': `<html><body><div dir="auto">${NEW}</div><div dir="auto"><br></div><div id="composer_signature" dir="auto"><div style="font-size:12px;color:#575757" dir="auto">Sent from my Galaxy</div></div><div dir="auto"><br></div><div><br></div><div align="left" dir="auto" style="font-size:100%;color:#000000"><div>-------- Original message --------</div><div>From: Olek Nowak &lt;olek@example.org&gt; </div><div>Date: 5/3/24  10:12 AM  (GMT+01:00) </div><div>To: Mira &lt;mira@example.org&gt; </div><div>Subject: Plans </div><div><br></div></div>${OLD}</body></html>`,
  'Samsung de': `<div dir="auto">${NEW}</div><div id="composer_signature"><div>Von meinem Galaxy gesendet</div></div><div><div>-------- Ursprüngliche Nachricht --------</div><div>Von: Olek &lt;olek@example.org&gt; </div><div>Datum: 03.05.24  10:12  (GMT+01:00) </div><div>An: Mira </div><div>Betreff: Plans </div></div>${OLD}`,
  'Gmail android': `<div dir="auto">${NEW}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Fri, May 3, 2024, 10:12 AM Olek Nowak &lt;<a href="mailto:olek@example.org">olek@example.org</a>&gt; wrote:<br></div><blockquote class="gmail_quote">${OLD}</blockquote></div>`,
  'Gmail 2024 spacing': `<div dir="ltr">${NEW}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Fri, May 3, 2024 at 10:12 AM Olek<br></div><blockquote class="gmail_quote">${OLD}<div class="gmail_quote"><div class="gmail_attr">On Thu, May 2, Mira wrote:</div><blockquote class="gmail_quote">older</blockquote></div></blockquote></div><div><br clear="all"></div><br><span class="gmail_signature_prefix">-- </span><br><div dir="ltr" class="gmail_signature">Mira Kos<br>Harbour</div>`,
  'Gmail_extra nested': `<div dir="ltr">${NEW}</div><div class="gmail_extra"><br clear="all"><div><div class="gmail_signature" data-smartmail="gmail_signature">Mira Kos<br>Boss</div></div><br><div class="gmail_quote">On Fri, May 3, 2014 at 10:12 AM, Olek <span dir="ltr">&lt;<a>olek@example.org</a>&gt;</span> wrote:<br><blockquote class="gmail_quote">${OLD}</blockquote></div><br></div>`,
  'Gmail bottom post': `<div dir="ltr"><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Fri, May 3, 2024 Olek wrote:<br></div><blockquote class="gmail_quote">${OLD}</blockquote><div><br></div><div>Friday suits me.</div><div>Thanks,<br>Mira</div></div></div>`,
  'Thunderbird bottom post': `<div class="moz-cite-prefix">Am 03.05.24 um 10:12 schrieb Olek:<br></div><blockquote type="cite" cite="mid:x">${OLD}</blockquote><p>Friday suits me.</p><p>Thanks,<br>Mira</p>`,
  'Apple interleaved': `<div><blockquote type="cite"><div>On 3 May 2024, at 10:12, Olek &lt;olek@example.org&gt; wrote:</div><br><div>Shall we meet on Friday?</div></blockquote><div><br></div>Friday suits me.<br><blockquote type="cite"><div>Where?</div></blockquote><div><br></div><div>Thanks,<br>Mira</div></div>`,
  'Outlook interleaved prefix': `<p class="MsoNormal">Friday suits me.</p><p class="MsoNormal">Thanks,<br>Mira</p><div id="divRplyFwdMsg">${OHEAD}</div><p>Shall we meet? [Mira] yes</p>`,
  'Yahoo mobile': `<div>${NEW}</div><div><br></div><div><a href="https://mail.onelink.me/107872968">Sent from Yahoo Mail for iPhone</a></div><br><blockquote style="margin: 0 0 20px 0;"><div class="ydpsig">On Friday, May 3, 2024, 10:12 AM, Olek Nowak &lt;olek@example.org&gt; wrote:</div><div style="padding: 10px 0 0 20px;">${OLD}</div></blockquote>`,
  'Yahoo android': `${NEW} <br> <p id="ymail_android_signature"><a id="ymail_android_signature_link" href="https://mail.onelink.me">Yahoo Mail: Search, Organize, Conquer</a></p> <br> <blockquote style="margin: 0 0 20px 0;"> <div style="font-family:Roboto; color:#6D00F6;"> <div>On Fri, May 3, 2024 at 10:12 AM, Olek</div><div>&lt;olek@example.org&gt; wrote:</div> </div> <div>${OLD}</div> </blockquote>`,
  'Aol new': `${NEW}<br><br>-----Original Message-----<br>From: Olek Nowak &lt;olek@example.org&gt;<br>To: mira@example.org<br>Sent: Fri, May 3, 2024 10:12 am<br>Subject: Plans<br><br><div id="yiv123">${OLD}</div>`,
  Tutanota: `<div dir="auto">${NEW}</div><div dir="auto"><br></div><div dir="auto">3 May 2024, 10:12 by olek@example.org:<br></div><blockquote class="tutanota_quote" style="border-left: 1px solid #93A3B8;">${OLD}</blockquote>`,
  'Tutanota sig': `${NEW}<div class="tutanota_signature">Secured with Tuta Mail</div><div>May 3, 2024, 10:12 by olek@example.org:</div><blockquote class="tutanota_quote">${OLD}</blockquote>`,
  Fastmail: `<div>${NEW}</div><div><br></div><div>On Fri, May 3, 2024, at 10:12 AM, Olek Nowak wrote:<br></div><blockquote type="cite" id="qt" style="">${OLD}</blockquote>`,
  Hey: `<div>${NEW}</div><br><div class="trix-content">On May 3, 2024, Olek Nowak &lt;olek@example.org&gt; wrote:</div><blockquote style="margin:0">${OLD}</blockquote>`,
  Front: `<div>${NEW}</div><br><div class="front-signature"></div><blockquote type="cite" class="front-blockquote"><div>On May 3, 2024, 10:12 AM, Olek &lt;olek@example.org&gt; wrote:</div><div>${OLD}</div></blockquote>`,
  Superhuman: `<div><div>${NEW}</div><div><br></div><div class="gmail_signature"><div style="clear:both">Sent via <a href="https://sprh.mn/">Superhuman</a></div></div><br><div><div class="gmail_quote">On Fri, May 03, 2024 at 10:12 AM, Olek <span>&lt;<a>olek@example.org</a>&gt;</span> wrote:<br><blockquote class="gmail_quote sh-color-black">${OLD}</blockquote></div></div></div>`,
  Shortwave: `<div>${NEW}</div><div class="gmail_quote"><div>On Fri May 3, 2024, 10:12 AM GMT, Olek Nowak wrote:<br></div><blockquote class="gmail_quote">${OLD}</blockquote></div>`,
  Missive: `<div>${NEW}</div><div><br></div><div class="missive_quote"><div>On May 3, 2024 at 10:12 AM, Olek &lt;olek@example.org&gt; wrote:</div><blockquote>${OLD}</blockquote></div>`,
  Polymail: `<div>${NEW}</div><div class="pm-quote"><div>On Fri, May 3rd, 2024 at 10:12 AM, Olek Nowak &lt;olek@example.org&gt; wrote:</div><blockquote>${OLD}</blockquote></div>`,
  Edison: `<div>${NEW}</div><div id="edo-signature">Get <a href="https://edo.com">Edison Mail</a></div><div id="edo-meta"><div>On May 3, 2024 at 10:12 AM, <a href="mailto:olek@example.org">&lt;Olek Nowak&gt;</a> wrote:</div></div><blockquote id="edo-message">${OLD}</blockquote>`,
  Bluemail: `<div>${NEW}</div><div class="bluemail_signature">Get <a>BlueMail for Android</a></div><div class="gmail_quote">On May 3, 2024, at 10:12, Olek &lt;<a>olek@example.org</a>&gt; wrote:<blockquote class="gmail_quote">${OLD}</blockquote></div>`,
  Evolution: `<html><body><div>${NEW}</div><div><br></div><div>On Fri, 2024-05-03 at 10:12 +0200, Olek Nowak wrote:</div><blockquote type="cite" style="margin:0 0 0 .8ex; border-left:2px #729fcf solid;padding-left:1ex">${OLD}</blockquote><div><br></div><div><span></span></div></body></html>`,
  Kmail: `<p>Friday suits me.</p><p>Thanks,<br>Mira</p><p>Am Freitag, 3. Mai 2024, 10:12:33 CEST schrieb Olek Nowak:</p><p>&gt; Shall we meet?</p><p>&gt; Olek</p>`,
  'Kmail en': `<p>On Friday, 3 May 2024 10:12:33 CEST Olek Nowak wrote:</p><p>&gt; Shall we meet?</p><p>Friday suits me.</p><p>Thanks,<br>Mira</p>`,
  'Notes web': `<font size=2 face="sans-serif">Friday suits me.</font><br><br><font>Thanks,<br>Mira</font><br><br><br><br><table width=100%><tr valign=top><td width=40%><font size=1 face="sans-serif"><b>Olek Nowak &lt;olek@example.org&gt;</b> </font><p><font size=1>05/03/2013 10:12 AM</font><td width=59%><table width=100%><tr valign=top><td><div align=right><font size=1>To</font></div><td><font size=1>Mira &lt;mira@example.org&gt;</font><tr valign=top><td><div align=right><font size=1>cc</font></div><td><tr valign=top><td><div align=right><font size=1>Subject</font></div><td><font size=1>Plans</font></table><br></table><br><br><br><font>Shall we meet?</font>`,
  'Notes de': `Friday suits me.<br><br>Thanks,<br>Mira<br><br><br>Von: &nbsp; &nbsp; &nbsp; &nbsp;Olek Nowak &lt;olek@example.org&gt;<br>An: &nbsp; &nbsp; &nbsp; &nbsp;Mira<br>Datum: &nbsp; &nbsp; &nbsp; &nbsp;03.05.2013 10:12<br>Betreff: &nbsp; &nbsp; &nbsp; &nbsp;Plans<br><hr noshade>${OLD}`,
  'Notes inline -----': `Friday suits me.<br><br>Thanks,<br>Mira<br><br>-----Olek Nowak &lt;olek@example.org&gt; wrote: -----<br><br>To: mira@example.org<br>From: Olek<br>Date: 05/03/2013 10:12AM<br>Subject: Plans<br><br>${OLD}`,
  'Notes inline quoted': `Friday suits me.<br>Thanks,<br>Mira<br><br><font color="#990099">-----"Olek Nowak" &lt;<a href="mailto:olek@example.org">olek@example.org</a>&gt; wrote: -----</font><div style="padding-left:5px;"><div style="padding-right:0px;padding-left:5px;border-left:solid black 2px">To: "Mira" &lt;m@example.org&gt;<br>From: "Olek"<br>Date: 05/03/2013<br>Subject: Plans<br>${OLD}</div></div>`,
  'Zoho ru': `${NEW}<br><div class="zmail_extra_hr" style="border-top: 1px solid rgb(204, 204, 204);"><br></div><div class="zmail_extra" data-zbluepencil-ignore="true"><br><div id="Zm-_Id_-Sgn1">От: Olek Nowak &lt;olek@example.org&gt;<br>Кому: "Mira"&lt;mira@example.org&gt;<br>Дата: Пт, 03 май 2024 10:12:33 +0300<br>Тема: Plans<br></div><br><blockquote id="blockquote_zmail">${OLD}</blockquote></div>`,
  'Exchange activesync': `<div>${NEW}</div><div><br></div><div><i>Sent from my Verizon, Samsung Galaxy smartphone</i></div><div><br></div><div style="font-size:100%;color:#000000"><div>-------- Original message --------</div><div>From: Olek &lt;olek@example.org&gt; </div><div>Date: 5/3/24 10:12 (GMT-05:00) </div><div>To: Mira </div><div>Subject: Plans </div></div>${OLD}`,
  Blackberry: `<div>${NEW}</div><div>Sent from my BlackBerry 10 smartphone.</div><table width="100%" style="background-color:white;border-spacing:0px;"><tbody><tr><td colspan="2" style="background-color: rgb(255, 255, 255);"><div style="border-style: solid none none; border-top-color: rgb(181, 196, 223); border-top-width: 1pt; padding: 3pt 0in 0in;"><div><b>From: </b>Olek</div><div><b>Sent: </b>Friday, May 3, 2013 10:12</div><div><b>To: </b>Mira</div><div><b>Subject: </b>Plans</div></div></td></tr></tbody></table>${OLD}`,
  'Windows mail 10': `<div class="WordSection1"><p class="MsoNormal">Friday suits me.</p><p class="MsoNormal">Thanks,<br>Mira</p><p class="MsoNormal">Sent from <a href="https://go.microsoft.com/fwlink/?LinkId=550986">Mail</a> for Windows 10</p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><div style='mso-element:para-border-div;border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in'><p class="MsoNormal" style='border:none;padding:0in'><b>From: </b><a href="mailto:olek@example.org">Olek Nowak</a><br><b>Sent: </b>Friday, May 3, 2024 10:12 AM<br><b>To: </b><a href="mailto:mira@example.org">Mira</a><br><b>Subject: </b>Plans</p></div><p class="MsoNormal">Shall we meet?</p></div>`,
  'Gmail quoted by outlook, deep': `<div>${NEW}</div><div class="x_gmail_quote x_gmail_quote_container"><div class="x_gmail_attr">On Fri, May 3 Olek wrote:</div><blockquote class="x_gmail_quote">${OLD}</blockquote></div>`,
  Naver: `<div>${NEW}</div><div><br></div><div>-----Original Message-----<br><b>From:</b> "Olek"&lt;olek@example.org&gt;<br><b>To:</b> "Mira"&lt;mira@example.org&gt;;<br><b>Cc:</b><br><b>Sent:</b> 2024-05-03 (금) 10:12:33 (GMT+09:00)<br><b>Subject:</b> Plans<br></div>${OLD}`,
  Daum: `<p>Friday suits me.</p><p>Thanks,<br>Mira</p><p>--------- 원본 메일 ---------</p><div>보낸사람 : Olek &lt;olek@example.org&gt;<br>받는사람 : Mira<br>날짜: 2024년 5월 3일<br>제목: Plans</div>${OLD}`,
  '163': `${NEW}<br><br><div style="position:relative;zoom:1">--<br>Mira<div style="clear:both"></div></div><div id="divNeteaseMailCard"></div><br><pre><br>At 2024-05-03 10:12:33, "Olek" &lt;olek@example.org&gt; wrote:</pre><blockquote id="isReplyContent" style="PADDING-LEFT: 1ex;">${OLD}</blockquote>`,
  'Qq en': `${NEW}<div><includetail><div>&nbsp;</div><div style="font:Verdana normal 14px;color:#000;"><div style="FONT-SIZE: 12px;">------------------&nbsp;Original&nbsp;------------------</div><div style="background:#efefef;"><div><b>From:</b>&nbsp;"Olek"&lt;olek@example.org&gt;;</div><div><b>Date:</b>&nbsp;Fri, May 3, 2024 10:12 AM</div><div><b>To:</b>&nbsp;"Mira";</div><div><b>Subject:</b>&nbsp;Plans</div></div>${OLD}</div></includetail></div>`,
  Foxmail: `<div>${NEW}</div><div><br></div><hr style="width: 210px; height: 1px;" color="#b5c4df" size="1" align="left"><div><span></span></div><blockquote style="margin-top: 0px;"><div>&nbsp;</div><div style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm"><div style="background:#efefef;"><div><b>发件人：</b>&nbsp;<a>Olek</a></div><div><b>发送时间：</b>&nbsp;2024-05-03&nbsp;10:12</div><div><b>收件人：</b>&nbsp;<a>Mira</a></div><div><b>主题：</b>&nbsp;Plans</div></div></div>${OLD}</blockquote>`,
  Aliyun: `<div>${NEW}</div><div class="__aliyun_previous_email_wrap"><blockquote style="margin-right:0"><div class="__aliyun_email_reply_info">------------------------------------------------------------------<br><div>发件人：Olek &lt;olek@example.org&gt;</div><div>发送时间：2024年5月3日(星期五) 10:12</div><div>收件人：Mira</div><div>主题：Plans</div></div>${OLD}</blockquote></div>`,
  'Wechat work': `<div>${NEW}</div><div>---Original---</div><div>From: "Olek"&lt;olek@example.org&gt;</div><div>Date: Fri, May 3, 2024 10:12 AM</div><div>To: "Mira";</div><div>Subject: Plans</div>${OLD}`,
  'Infomaniak/rainloop': `<div>${NEW}</div><br><br>May 3, 2024 10:12 AM, "Olek" &lt;<a href="mailto:olek@example.org">olek@example.org</a>&gt; wrote:<br><blockquote><div><div>${OLD}</div></div></blockquote>`,
  'Rainloop de': `<div>${NEW}</div>3. Mai 2024 10:12, "Olek" &lt;<a>olek@example.org</a>&gt; schrieb:<blockquote><div>${OLD}</div></blockquote>`,
  Gmx: `<html><head></head><body><div style="font-family: Verdana;">${NEW}<div>&nbsp;<div name="quote" style="margin:10px 5px 5px 10px; padding: 10px 0 10px 10px; border-left:2px solid #C3D9E5;"><div style="margin:0 0 10px 0;"><b>Gesendet:</b>&nbsp;Freitag, 03. Mai 2024 um 10:12 Uhr<br/><b>Von:</b>&nbsp;"Olek" &lt;olek@example.org&gt;<br/><b>An:</b>&nbsp;mira@example.org<br/><b>Betreff:</b>&nbsp;Plans</div><div name="quoted-content">${OLD}</div></div></div></div></body></html>`,
  'Web.de new': `<div>${NEW}</div><div class="signature">--<br>Diese Nachricht wurde gesendet</div><blockquote><div>Am 03.05.24, 10:12 schrieb Olek &lt;olek@example.org&gt;:</div>${OLD}</blockquote>`,
  'T-online': `${NEW}<br><br><div>-----Original-Nachricht-----</div><div>Betreff: Plans</div><div>Datum: 2024-05-03T10:12:33+0200</div><div>Von: "Olek" &lt;olek@example.org&gt;</div><div>An: "mira"</div><br>${OLD}`,
  Orange: `<p>Friday suits me.</p><p>Thanks,<br>Mira</p><blockquote style="padding-left:5px; border-left:2px solid #ff7900"><p>&gt; Message du 03/05/24 10:12<br>&gt; De : "Olek" &lt;olek@example.org&gt;<br>&gt; A : mira@example.org<br>&gt; Copie à : <br>&gt; Objet : Plans<br>&gt; <br></p>${OLD}</blockquote>`,
  Laposte: `${NEW}<p>De : "Olek" olek@example.org<br>A : mira@example.org<br>Envoyé: vendredi 3 Mai 2024 10:12<br>Objet : Plans</p>${OLD}`,
  Libero: `${NEW}<br><blockquote><div>Il 03/05/2024 10:12 CEST Olek Nowak &lt;olek@example.org&gt; ha scritto:</div>${OLD}</blockquote>`,
  'Open-xchange': `<p>Friday suits me.</p><p>Thanks,<br>Mira</p><blockquote type="cite"><div>On 05/03/2024 10:12 AM CEST Olek Nowak &lt;olek@example.org&gt; wrote:</div><div><br></div>${OLD}</blockquote>`,
  'Open-xchange de': `<p>Friday suits me.</p><p>Thanks,<br>Mira</p><blockquote type="cite">Olek Nowak &lt;olek@example.org&gt; hat am 03.05.2024 10:12 CEST geschrieben:<br>${OLD}</blockquote>`,
  'Ox flat': `<p>Friday suits me.</p><p>Thanks,<br>Mira</p><p>Olek Nowak &lt;olek@example.org&gt; hat am 03.05.2024 10:12 CEST geschrieben:</p>${OLD}`,
  Seznam: `${NEW}<br><aside>---------- Původní e-mail ----------<br>Od: Olek &lt;olek@example.org&gt;<br>Komu: mira@example.org<br>Datum: 3. 5. 2024 10:12:33<br>Předmět: Plans</aside><br><blockquote data-email="olek@example.org">${OLD}</blockquote>`,
  'Wp.pl': `${NEW}<br><div class="nh_extra"><div id="nh_info">Dnia 3 maja 2024 10:12 Olek &lt;olek@example.org&gt; napisał(a):</div><blockquote class="nh_blockquote">${OLD}</blockquote></div>`,
  Onet: `${NEW}<br><blockquote class="nh_blockquote">W dniu 2024-05-03 10:12:33 użytkownik Olek &lt;olek@example.org&gt; napisał:<br>${OLD}</blockquote>`,
  'Mail.ru new': `${NEW}<div>&nbsp;</div><blockquote style="border-left:1px solid #0857A6; margin:10px; padding:0 0 0 10px;">Пятница, 3 мая 2024, 10:12 +03:00 от Olek &lt;<a href="/compose?To=olek@example.org">olek@example.org</a>&gt;:<br>&nbsp;<div id="">${OLD}</div></blockquote>`,
  'Yandex html': `<div>${NEW}</div><div>&nbsp;</div><div>03.05.2024, 10:12, "Olek" &lt;olek@example.org&gt;:</div><blockquote><div>${OLD}</div></blockquote><div>&nbsp;</div><div>-- </div><div>Mira Kos</div>`,
  'Zimbra new': `<html><body><div style="font-family: arial">${NEW}<div><br></div><hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__"><blockquote style="border-left:2px solid #1010FF;"><b>From: </b>"Olek" &lt;olek@example.org&gt;<br><b>To: </b>"Mira"<br><b>Sent: </b>Friday<br><b>Subject: </b>Plans<br></blockquote></div><div data-marker="__QUOTED_TEXT__"><blockquote>${OLD}</blockquote></div></div></body></html>`,
  Helpscout: `<div>##- Please type your reply above this line -##</div><div>Friday suits me.<br><br>Thanks,<br>Mira</div>`,
  'Zendesk reply': `<div>${NEW}</div><div>On 3 May 2024, Support wrote:</div><div>##- Please type your reply above this line -##</div><p>Your request (1) has been updated.</p>`,
};

describe('a reply', () => {
  // Mutants: answers above a quote that nothing stands before; heads without colons; "wrote: -----"; a device with commas.
  it.each(Object.entries(CLIENTS))('keeps only what was written anew: %s', (_client, html) => {
    expect(cleaned(html)).toBe(REPLY);
  });

  it.each([
    [
      'Talon bq inside',
      `Reply\n<blockquote>\n  <div>\n    On 11-Apr-2011, at 6:54 PM, Bob &lt;bob@example.com&gt; wrote:\n  </div>\n  <div>\n    Test\n  </div>\n</blockquote>`,
      'Reply',
    ],
    [
      'Talon disclaimer',
      `<html><body><div><div>message</div><blockquote>Quote</blockquote></div><div>disclaimer</div></body></html>`,
      'message disclaimer',
    ],
    [
      'Talon date block',
      `<div>message<br><div><hr>Date: Fri, 23 Mar 2012 12:35:31 -0600<br>To: <a href="mailto:bob@example.com">bob@example.com</a><br>From: <a href="mailto:rob@example.com">rob@example.com</a><br>Subject: You Have New Mail From Mary!<br><br>text</div></div>`,
      'message',
    ],
    [
      'Talon from block',
      `<div>message<br><div><hr>From: <a href="mailto:bob@example.com">bob@example.com</a><br>Date: Fri, 23 Mar 2012 12:35:31 -0600<br>To: <a href="mailto:rob@example.com">rob@example.com</a><br>Subject: You Have New Mail<br><br>text</div></div>`,
      'message',
    ],
    [
      'Talon shares div',
      `<body><div>Blah<br><br><hr>Date: Tue, 22 May 2012 18:29:16 -0600<br>To: xx@hotmail.ca<br>From: quickemail@ashleymadison.com<br>Subject: You Have New Mail From x!<br><br></div></body>`,
      'Blah',
    ],
    [
      'Talon splitter in div',
      `<html><body>Reply<div>On 11-Apr-2011, at 6:54 PM, Bob &lt;bob@example.com&gt; wrote:</div><div>Test</div></body></html>`,
      'Reply',
    ],
    [
      'Talon compact',
      `Reply<div class="gmail_quote"><div class="gmail_quote">On 11-Apr-2011, at 6:54 PM, Bob &lt;bob@example.com&gt; wrote:<div>Test</div></div></div>`,
      'Reply',
    ],
    [
      'Talon hr',
      `<div>Reply</div><hr><div><b>From:</b> Bob<br><b>Sent:</b> x<br><b>To:</b> Al<br><b>Subject:</b> y</div><div>text</div>`,
      'Reply',
    ],
  ])('of a shape that others test with keeps what was written anew: %s', (_shape, html, kept) => {
    expect(cleaned(html)).toBe(kept);
  });
});

/** How Outlook names sender, day, receiver and subject. */
const LABELS: Record<string, [string, string, string, string]> = {
  English: ['From', 'Sent', 'To', 'Subject'],
  German: ['Von', 'Gesendet', 'An', 'Betreff'],
  French: ['De', 'Envoyé', 'À', 'Objet'],
  Spanish: ['De', 'Enviado', 'Para', 'Asunto'],
  Portuguese: ['De', 'Enviada em', 'Para', 'Assunto'],
  'European Portuguese': ['De', 'Enviado', 'Para', 'Assunto'],
  Italian: ['Da', 'Inviato', 'A', 'Oggetto'],
  Dutch: ['Van', 'Verzonden', 'Aan', 'Onderwerp'],
  Polish: ['Od', 'Wysłano', 'Do', 'Temat'],
  Russian: ['От', 'Отправлено', 'Кому', 'Тема'],
  Swedish: ['Från', 'Skickat', 'Till', 'Ämne'],
  Danish: ['Fra', 'Sendt', 'Til', 'Emne'],
  Norwegian: ['Fra', 'Sendt', 'Til', 'Emne'],
  Finnish: ['Lähettäjä', 'Lähetetty', 'Vastaanottaja', 'Aihe'],
  Czech: ['Od', 'Odesláno', 'Komu', 'Předmět'],
  Hungarian: ['Feladó', 'Elküldve', 'Címzett', 'Tárgy'],
  Turkish: ['Kimden', 'Gönderildi', 'Kime', 'Konu'],
  Japanese: ['差出人', '送信日時', '宛先', '件名'],
  Chinese: ['发件人', '发送时间', '收件人', '主题'],
  'traditional Chinese': ['寄件者', '寄件日期', '收件者', '主旨'],
  Korean: ['보낸 사람', '보낸 날짜', '받는 사람', '제목'],
  Arabic: ['من', 'تم الإرسال', 'إلى', 'الموضوع'],
  Hebrew: ['מאת', 'נשלח', 'אל', 'נושא'],
  Greek: ['Από', 'Στάλθηκε', 'Προς', 'Θέμα'],
  Romanian: ['De la', 'Trimis', 'Către', 'Subiect'],
  Ukrainian: ['Від', 'Надіслано', 'Кому', 'Тема'],
  Slovak: ['Od', 'Odoslané', 'Komu', 'Predmet'],
  Croatian: ['Šalje', 'Poslano', 'Prima', 'Predmet'],
  Slovenian: ['Od', 'Poslano', 'Za', 'Zadeva'],
  Bulgarian: ['От', 'Изпратено', 'До', 'Относно'],
  Vietnamese: ['Từ', 'Đã gửi', 'Đến', 'Chủ đề'],
  Thai: ['จาก', 'ส่ง', 'ถึง', 'เรื่อง'],
  Indonesian: ['Dari', 'Dikirim', 'Kepada', 'Subjek'],
};

describe.each(Object.entries(LABELS))("Outlook's head in %s", (_language, [from, sent, to, subject]) => {
  it.each([':', ' :', '：'])('ends what is new, in HTML and in plain text, with "%s"', (colon) => {
    const head = `<b>${from}${colon}</b> Olek Nowak &lt;olek@example.org&gt;<br><b>${sent}${colon}</b> 3 May 2024 10:12<br><b>${to}${colon}</b> Mira &lt;mira@example.org&gt;<br><b>Cc${colon}</b> x@example.org<br><b>${subject}${colon}</b> Plans`;
    const bold = `*${from}${colon}* Olek Nowak [mailto:olek@example.org]\n*${sent}${colon}* 3 May 2024 10:12\n*${to}${colon}* Mira\n*${subject}${colon}* Plans`;
    const text = 'Friday suits me.\n\nThanks,\nMira';
    expect(cleaned(`${NEW}<br><hr style="width:98%"><div dir="ltr"><font>${head}</font></div>${OLD}`)).toBe(
      REPLY,
    );
    expect(cleaned(`${NEW}<br><div>${head}</div><br>${OLD}`, 'Plans')).toBe(REPLY);
    expect(cleaned(`${text}\n\n${bold}\n\nShall we meet?\nOlek`, 'Re: Plans', 'plain')).toBe(REPLY);
    expect(cleaned(`${text}\n\n${bold.replaceAll('*', '')}\n\nShall we meet?`, 'Re: Plans', 'plain')).toBe(
      REPLY,
    );
  });
});
