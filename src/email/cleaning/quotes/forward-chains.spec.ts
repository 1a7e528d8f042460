import { cleanRawMail } from '../clean-mail';

const cleaned = (body: string, subject: string, type = 'html'): { text: string; notes: string[] } =>
  cleanRawMail(
    Buffer.from(
      `From: a@example.org\r\nSubject: ${subject}\r\nContent-Type: text/${type}; charset=utf-8\r\n\r\n${body}`,
    ),
  );

const OLD = '<div>The ferry leaves at nine.</div><div>Olek</div>';

/** The line above a forwarded mail, by program and language. */
const ANNOUNCEMENTS = [
  '---------- Forwarded message ---------',
  'Begin forwarded message:',
  '---------- Weitergeleitete Nachricht ----------',
  'Anfang der weitergeleiteten Nachricht:',
  '-------- Weitergeleitete Nachricht --------',
  '---------- Message transféré ---------',
  'Début du message transféré :',
  '---------- Forwarded message ---------<br>De : ',
  '---------- Mensaje reenviado ---------',
  'Inicio del mensaje reenviado:',
  '---------- Mensagem encaminhada ---------',
  'Início da mensagem encaminhada:',
  'Início da mensagem reencaminhada:',
  '---------- Messaggio inoltrato ---------',
  'Inizio messaggio inoltrato:',
  '---------- Doorgestuurd bericht ---------',
  'Begin doorgestuurd bericht:',
  'Początek przekazywanej wiadomości:',
  '-------- Przekazana wiadomość --------',
  '---------- Пересылаемое сообщение ---------',
  '-------- Пересылаемое сообщение --------',
  '-------- Перенаправленное сообщение --------',
  'Начало переадресованного сообщения:',
  '---------- Vidarebefordrat meddelande ---------',
  'Vidarebefordrat brev:',
  'Börja vidarebefordrat meddelande:',
  '---------- Videresendt meddelelse ---------',
  'Start på videresendt besked:',
  '---------- Videresendt melding ---------',
  'Start på videresendt melding:',
  '---------- Välitetty viesti ---------',
  'Välitetty viesti alkaa:',
  '---------- Přeposlaná zpráva ---------',
  'Začátek přeposlané zprávy:',
  '---------- Továbbított üzenet ---------',
  'Továbbított levél kezdete:',
  '---------- Mesaj redirecționat ---------',
  '---------- Yönlendirilmiş ileti ---------',
  'Yönlendirilen ileti başlangıcı:',
  'İletilen ileti başlangıcı:',
  '---------- Προωθημένο μήνυμα ---------',
  '---------- Переслане повідомлення ---------',
  'Початок переадресованого повідомлення:',
  '転送されたメッセージ:',
  '-------- 転送メッセージ --------',
  '-------- Forwarded Message --------',
  '---------- 转发的邮件 ---------',
  '开始转发邮件：',
  '以下是转发的邮件：',
  '開始轉寄郵件：',
  '以下是被轉寄的郵件：',
  '-------- 转发的消息 --------',
  '---------- 전달된 메일 ---------',
  '전달된 메시지:',
  '---------- رسالة معاد توجيهها ---------',
  'بدء الرسالة المعاد توجيهها:',
  '---------- הודעה שהועברה ---------',
  '----- Forwarded Message -----',
  '----- Weitergeleitete Nachricht -----',
  '----- Message transféré -----',
  '----- Mensaje reenviado -----',
  '----- Messaggio inoltrato -----',
  '----- Mensagem encaminhada -----',
  '------- Forwarded Message -------',
  '============ Forwarded message ============',
  '============ Forwarded Mail ============',
  '----- Forwarded by Mira Kos/Harbour on 03/05/2013 10:12 -----',
  '----- Weitergeleitet von Mira Kos/Harbour am 03.05.2013 10:12 -----',
  '----- Réacheminé par Mira Kos/Harbour le 03/05/2013 10:12 -----',
  '----- Forwarded message from Olek <olek@example.org> -----',
  '----------  Forwarded Message  ----------',
  '----------  Weitergeleitete Nachricht  ----------',
  '---- Forwarded message ----',
  '------------------ 转发邮件 ------------------',
  '-------- 转发邮件信息 --------',
  '---------- Forwarded message ----------',
];
const HEADS: Record<string, string> = {
  en: 'From: Olek &lt;olek@example.org&gt;<br>Date: Fri, May 3, 2024 at 10:12 AM<br>Subject: Ferry<br>To: Mira &lt;mira@example.org&gt;',
  de: 'Von: <b>Olek</b> &lt;olek@example.org&gt;<br>Date: Fr., 3. Mai 2024 um 10:12 Uhr<br>Subject: Ferry<br>To: &lt;mira@example.org&gt;',
  apple:
    '<b>From: </b>Olek &lt;olek@example.org&gt;<br><b>Subject: </b>Ferry<br><b>Date: </b>3 May 2024 at 10:12<br><b>To: </b>Mira<br>',
  ja: '差出人: Olek &lt;olek@example.org&gt;<br>件名: Ferry<br>日付: 2024年5月3日<br>宛先: Mira',
  none: '',
};
const SHAPES: Record<string, (announcement: string, head: string) => string> = {
  Gmail: (a, head) =>
    `<div dir="ltr">See below<br><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">${a}<br>${head}<br></div><br>${OLD}</div></div>`,
  'Apple Mail': (a, head) =>
    `<div>See below<div><br><blockquote type="cite"><div>${a}</div><br><div>${head}</div><br><div>${OLD}</div></blockquote></div></div>`,
  'no markup': (a, head) => `<div>See below</div><br><div>${a}</div><div>${head}</div><br>${OLD}`,
};
const plain = (html: string): string =>
  html
    .replace(/<br>|<\/div><div>/g, '\n')
    .replace(/<\/?(?:div|b)>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>');

// Mutants: an announcement taken out of the list; forwards told by the subject alone.
describe.each(ANNOUNCEMENTS)('a mail forwarded below "%s"', (announcement) => {
  it.each(['Fwd: Ferry', 'Ferry'])('is kept with the comment above it, as "%s"', (subject) => {
    for (const head of Object.values(HEADS)) {
      const [line, older] = [plain(announcement), plain(`${head}<br><br>${OLD}`)];
      const texts = [
        ...Object.values(SHAPES).map((html) => cleaned(html(announcement, head), subject).text),
        ...[older, older.replace(/^/gm, '> ')].map(
          (quoted) => cleaned(`See below\n\n${line}\n\n${quoted}\n`, subject, 'plain').text,
        ),
      ];
      for (const text of texts) expect(text).toMatch(/See below[^]*The ferry leaves at nine\./);
    }
  });
});

/** Outlook announces a forward by the subject's prefix alone. */
const OUTLOOK: Record<string, [string, string, string, string, string]> = {
  English: ['FW', 'From', 'Sent', 'To', 'Subject'],
  German: ['WG', 'Von', 'Gesendet', 'An', 'Betreff'],
  French: ['TR', 'De', 'Envoyé', 'À', 'Objet'],
  Spanish: ['RV', 'De', 'Enviado', 'Para', 'Asunto'],
  Portuguese: ['ENC', 'De', 'Enviada em', 'Para', 'Assunto'],
  Italian: ['I', 'Da', 'Inviato', 'A', 'Oggetto'],
  Dutch: ['FW', 'Van', 'Verzonden', 'Aan', 'Onderwerp'],
  'Dutch, by its own prefix': ['Doorst', 'Van', 'Verzonden', 'Aan', 'Onderwerp'],
  Polish: ['PD', 'Od', 'Wysłano', 'Do', 'Temat'],
  Russian: ['FW', 'От', 'Отправлено', 'Кому', 'Тема'],
  'Russian, by its own prefix': ['Пересл', 'От', 'Отправлено', 'Кому', 'Тема'],
  Swedish: ['VB', 'Från', 'Skickat', 'Till', 'Ämne'],
  Danish: ['VS', 'Fra', 'Sendt', 'Til', 'Emne'],
  Norwegian: ['VS', 'Fra', 'Sendt', 'Til', 'Emne'],
  'Danish, in small letters': ['Vs', 'Fra', 'Sendt', 'Til', 'Emne'],
  Finnish: ['VL', 'Lähettäjä', 'Lähetetty', 'Vastaanottaja', 'Aihe'],
  'simplified Chinese': ['转发', '发件人', '发送时间', '收件人', '主题'],
  'traditional Chinese': ['轉寄', '寄件者', '寄件日期', '收件者', '主旨'],
  Japanese: ['転送', '差出人', '送信日時', '宛先', '件名'],
  Korean: ['전달', '보낸 사람', '보낸 날짜', '받는 사람', '제목'],
  Turkish: ['İLT', 'Kimden', 'Gönderildi', 'Kime', 'Konu'],
  Greek: ['ΠΡΘ', 'Από', 'Στάλθηκε', 'Προς', 'Θέμα'],
  Hungarian: ['Továbbítás', 'Feladó', 'Elküldve', 'Címzett', 'Tárgy'],
  Czech: ['FW', 'Od', 'Odesláno', 'Komu', 'Předmět'],
  Hebrew: ['הועבר', 'מאת', 'נשלח', 'אל', 'נושא'],
  Arabic: ['إعادة توجيه', 'من', 'تم الإرسال', 'إلى', 'الموضوع'],
};

describe.each(Object.entries(OUTLOOK))(
  "Outlook's forward in %s",
  (_language, [prefix, from, sent, to, about]) => {
    const head = `<b>${from}:</b> Olek Nowak &lt;olek@example.org&gt;<br><b>${sent}:</b> 3 May 2024 10:12<br><b>${to}:</b> Mira &lt;mira@example.org&gt;<br><b>${about}:</b> Ferry`;
    const subject = `=?utf-8?B?${Buffer.from(`${prefix}: Ferry`).toString('base64')}?=`;
    it.each([
      [
        'on the web',
        `<div>See below</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg">${head}</div><div>&nbsp;</div>${OLD}`,
      ],
      [
        'on the desktop',
        `<p class="MsoNormal">See below</p><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in"><p class="MsoNormal">${head}</p></div>${OLD}`,
      ],
    ])('is kept with the comment above it: %s', (_where, html) => {
      const { text, notes } = cleaned(html, subject);
      expect(text).toMatch(/See below[^]*The ferry leaves at nine\./);
      expect(notes).toContain('forward');
    });
  },
);

// Mutant: "VS" taken for one of the two. It forwards in Danish and answers in Finnish.
it('tells a Finnish answer from a Danish forward', () => {
  const head =
    '<b>Lähettäjä:</b> Olek &lt;olek@example.org&gt;<br><b>Lähetetty:</b> 3.5.2024 10.12<br><b>Vastaanottaja:</b> Mira<br><b>Aihe:</b> Ferry';
  expect(cleaned(`<div>Kiitos!</div><div id="divRplyFwdMsg">${head}</div>${OLD}`, 'VS: Ferry').text).toBe(
    'Kiitos!',
  );
});

describe('forwards within forwards and answers', () => {
  const chain = (inner: string): string =>
    `See below<div class="gmail_quote">---------- Forwarded message ---------<br>From: A &lt;a@x.org&gt;<br>Date: x<br>Subject: Re: Ferry<br>To: b@x.org<br><br>Second<br>${inner}</div>`;
  it.each([
    [
      'a forwarded forward',
      chain(
        `<div class="gmail_quote">---------- Forwarded message ---------<br>From: C &lt;c@x.org&gt;<br>Date: y<br>Subject: Ferry<br>To: a@x.org<br><br>${OLD}</div>`,
      ),
    ],
    [
      'a forwarded answer',
      chain(
        `<div class="gmail_quote"><div class="gmail_attr">On Fri, C wrote:</div><blockquote class="gmail_quote">${OLD}</blockquote></div>`,
      ),
    ],
  ])('keep the whole chain: %s', (_name, html) => {
    expect(cleaned(html, 'Ferry').text).toMatch(/See below[^]*Second[^]*The ferry leaves at nine\./);
  });

  // Mutant: a forward looked for below the attribution of a quote.
  it('go when somebody answers them', () => {
    const html = `<div>Thanks for this.</div><div class="gmail_quote"><div class="gmail_attr">On Fri, 3 May 2024, A &lt;a@x.org&gt; wrote:</div><blockquote class="gmail_quote">See below<div class="gmail_quote">---------- Forwarded message ---------<br>From: C &lt;c@x.org&gt;<br>Subject: Ferry<br><br>${OLD}</div></blockquote></div>`;
    const text = `Thanks for this.\n\nOn Fri, 3 May 2024, A <a@x.org> wrote:\n> See below\n>\n> ---------- Forwarded message ---------\n> From: C <c@x.org>\n>\n> The ferry leaves at nine.\n`;
    expect(cleaned(html, 'Re: Fwd: Ferry').text).toBe('Thanks for this.');
    expect(cleaned(text, 'Re: Fwd: Ferry', 'plain').text).toBe('Thanks for this.');
  });

  it.each([
    ['inline', '', 'Content-Type: text/plain\r\n\r\nThe ferry leaves at nine.\r\n'],
    [
      'as a file',
      'Content-Disposition: attachment; filename="Ferry.eml"\r\n',
      'Content-Type: text/html\r\n\r\n<p>The ferry leaves at nine.</p>\r\n',
    ],
  ])('are read where they are attached: %s', (_how, disposition, mail) => {
    const { text, notes } = cleanRawMail(
      Buffer.from(
        `Subject: Fwd: Ferry\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSee below\r\n--b\r\nContent-Type: message/rfc822\r\n${disposition}\r\nFrom: olek@example.org\r\nSubject: Ferry\r\n${mail}--b--\r\n`,
      ),
    );
    expect(text).toMatch(/See below[^]*The ferry leaves at nine\./);
    expect(notes).toContain('forward');
  });
});
