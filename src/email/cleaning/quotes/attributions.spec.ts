import { cleanRawMail } from '../clean-mail';

const E = 'Olek Nowak &lt;<a href="mailto:olek@example.org">olek@example.org</a>&gt;';
/** How mail programs introduce the older mail, in the languages they speak. */
const ATTRIBUTIONS: Record<string, string> = {
  'English 1': `On Fri, May 3, 2024 at 10:12 AM ${E} wrote:`,
  'English 2': `On May 3, 2024, at 10:12 AM, Olek Nowak via Group &lt;<a>olek@example.org</a>&gt; wrote:`,
  'English 3': `On 3 May 2024, at 10:12, Olek &lt;olek@example.org&gt; wrote:`,
  'English 4': `On 03.05.24 10:12, Olek Nowak wrote:`,
  'English 5': `Olek Nowak wrote on 5/3/2024 10:12 AM:`,
  'English 6': `On Friday, May 3, 2024 at 10:12:33 AM PDT, Olek Nowak &lt;olek@example.org&gt; wrote:`,
  'English 7': `Olek Nowak &lt;olek@example.org&gt; wrote:`,
  'English 8': `On Fri, 3 May 2024, 10:12 Olek Nowak, &lt;olek@example.org&gt; wrote:`,
  'English 9': `At 10:12 03/05/2024, you wrote:`,
  'English 10': `On 2024-05-03 10:12, olek@example.org wrote:`,
  'English 11': `--- On Fri, 5/3/13, Olek Nowak &lt;olek@example.org&gt; wrote:`,
  'German 1': `Am Fr., 3. Mai 2024 um 10:12 Uhr schrieb ${E}:`,
  'German 2': `Am 03.05.2024 um 10:12 schrieb Olek Nowak:`,
  'German 3': `Am 03.05.24 um 10:12 schrieb Olek Nowak:`,
  'German 4': `Olek Nowak &lt;olek@example.org&gt; schrieb am Fr., 3. Mai 2024, 10:12:`,
  'German 5': `Gesendet: Freitag, 03. Mai 2024 um 10:12 Uhr<br>Von: "Olek Nowak" &lt;olek@example.org&gt;<br>An: mira@example.org<br>Betreff: Plans`,
  'German 6': `Am Freitag, 3. Mai 2024 um 10:12:33 MESZ hat Olek Nowak &lt;olek@example.org&gt; Folgendes geschrieben:`,
  'German 7': `Am 3. Mai 2024 10:12:33 MESZ schrieb Olek Nowak &lt;olek@example.org&gt;:`,
  'French 1': `Le ven. 3 mai 2024 à 10:12, ${E} a écrit :`,
  'French 2': `Le 3 mai 2024 à 10:12, Olek Nowak &lt;olek@example.org&gt; a écrit&nbsp;:`,
  'French 3': `Le 03/05/2024 à 10:12, Olek Nowak a écrit :`,
  'French 4': `Le vendredi 3 mai 2024 à 10:12:33 UTC+2, Olek Nowak &lt;olek@example.org&gt; a écrit :`,
  'Spanish 1': `El vie, 3 may 2024 a las 10:12, Olek Nowak (&lt;<a>olek@example.org</a>&gt;) escribió:`,
  'Spanish 2': `El 3/5/24 a las 10:12, Olek Nowak escribió:`,
  'Spanish 3': `El viernes, 3 de mayo de 2024, 10:12:33 CEST, Olek Nowak &lt;olek@example.org&gt; escribió:`,
  'Portuguese 1': `Em sex., 3 de mai. de 2024 às 10:12, ${E} escreveu:`,
  'Portuguese 2': `Em 03/05/2024 10:12, Olek Nowak escreveu:`,
  'Portuguese 3': `No dia 3 de maio de 2024, às 10:12, Olek Nowak &lt;olek@example.org&gt; escreveu:`,
  'Portuguese 4': `Olek Nowak &lt;olek@example.org&gt; escreveu (sexta, 3/05/2024 à(s) 10:12):`,
  'Italian 1': `Il giorno ven 3 mag 2024 alle ore 10:12 ${E} ha scritto:`,
  'Italian 2': `Il 03/05/2024 10:12, Olek Nowak ha scritto:`,
  'Italian 3': `Il venerdì 3 maggio 2024 alle ore 10:12:33 CEST, Olek Nowak &lt;olek@example.org&gt; ha scritto:`,
  'Italian 4': `Il giorno 3 mag 2024, alle ore 10:12, Olek Nowak &lt;olek@example.org&gt; ha scritto:`,
  'Dutch 1': `Op vr 3 mei 2024 om 10:12 schreef ${E}:`,
  'Dutch 2': `Op 03-05-2024 om 10:12 schreef Olek Nowak:`,
  'Dutch 3': `Op vrijdag 3 mei 2024 om 10:12:33 CEST schreef Olek Nowak &lt;olek@example.org&gt;:`,
  'Dutch 4': `Op 3 mei 2024 om 10:12 heeft Olek Nowak &lt;olek@example.org&gt; het volgende geschreven:`,
  'Polish 1': `pt., 3 maj 2024 o 10:12 ${E} napisał(a):`,
  'Polish 2': `W dniu 03.05.2024 o 10:12, Olek Nowak pisze:`,
  'Polish 3': `Wiadomość napisana przez Olek Nowak &lt;olek@example.org&gt; w dniu 3 maj 2024, o godz. 10:12:`,
  'Polish 4': `Dnia 3 maja 2024 10:12 Olek Nowak &lt;olek@example.org&gt; napisał(a):`,
  'Russian 1': `пт, 3 мая 2024 г. в 10:12, ${E}:`,
  'Russian 2': `03.05.2024 10:12, Olek Nowak пишет:`,
  'Russian 3': `3 мая 2024 г., в 10:12, Olek Nowak &lt;olek@example.org&gt; написал(а):`,
  'Russian 4': `Пятница, 3 мая 2024, 10:12 +03:00 от Olek Nowak &lt;olek@example.org&gt;:`,
  'Swedish 1': `Den fre 3 maj 2024 kl 10:12 skrev ${E}:`,
  'Swedish 2': `Den 2024-05-03 kl. 10:12, skrev Olek Nowak:`,
  'Swedish 3': `3 maj 2024 kl. 10:12 skrev Olek Nowak &lt;olek@example.org&gt;:`,
  'Norwegian 1': `fre. 3. mai 2024 kl. 10:12 skrev ${E}:`,
  'Danish 1': `Den fre. 3. maj 2024 kl. 10.12 skrev ${E}:`,
  'Danish 2': `Den 3. maj 2024 kl. 10.12 skrev Olek Nowak &lt;olek@example.org&gt;:`,
  'Finnish 1': `pe 3. toukok. 2024 klo 10.12 ${E} kirjoitti:`,
  'Czech 1': `pá 3. 5. 2024 v 10:12 odesílatel ${E} napsal:`,
  'Hungarian 1': `Olek Nowak &lt;olek@example.org&gt; ezt írta (időpont: 2024. máj. 3., P, 10:12):`,
  'Romanian 1': `În vin., 3 mai 2024 la 10:12, ${E} a scris:`,
  'Turkish 1': `Olek Nowak &lt;olek@example.org&gt;, 3 May 2024 Cum, 10:12 tarihinde şunu yazdı:`,
  'Greek 1': `Στις Παρ 3 Μαΐ 2024 στις 10:12 π.μ., ο/η ${E} έγραψε:`,
  'Ukrainian 1': `пт, 3 трав. 2024 р. о 10:12 ${E} пише:`,
  'Japanese 1': `2024年5月3日(金) 10:12 ${E}:`,
  'Japanese 2': `2024/05/03 10:12、Olek Nowak &lt;olek@example.org&gt;のメール:`,
  'Japanese 3': `On 2024/05/03 10:12, Olek Nowak さんは書きました:`,
  'Japanese 4': `2024/05/03 10:12、Olek Nowak &lt;olek@example.org&gt;のメッセージ:`,
  'Japanese 5': `2024年5月3日 10:12 +0900、Olek Nowak &lt;olek@example.org&gt; のメール：`,
  'Chinese 1': `Olek Nowak &lt;olek@example.org&gt; 于2024年5月3日周五 10:12写道：`,
  'Chinese 2': `在 2024年5月3日，10:12，Olek Nowak &lt;olek@example.org&gt; 写道：`,
  'Chinese 3': `在 2024-05-03 10:12:33，"Olek Nowak" &lt;olek@example.org&gt; 写道：`,
  'Chinese 4': `Olek Nowak &lt;olek@example.org&gt; 於 2024年5月3日 週五 上午10:12寫道：`,
  'Korean 1': `2024년 5월 3일 (금) 오전 10:12, Olek Nowak &lt;olek@example.org&gt;님이 작성:`,
  'Korean 2': `2024. 5. 3. 오전 10:12, Olek Nowak &lt;olek@example.org&gt; 작성:`,
  'Arabic 1': `في الجمعة، 3 مايو 2024 في 10:12 ص تمت كتابة ما يلي بواسطة ${E}:`,
  'Arabic 2': `في ٣ مايو ٢٠٢٤، الساعة ١٠:١٢ ص، كتب Olek Nowak &lt;olek@example.org&gt;:`,
  'Hebrew 1': `‫בתאריך יום ו׳, 3 במאי 2024 ב-10:12 מאת ‪Olek Nowak‬‏ &lt;‪olek@example.org‬‏&gt;:‬`,
  'Persian 1': `در تاریخ جمعه ۳ مه ۲۰۲۴، ۱۰:۱۲ ${E} نوشت:`,
  'Vietnamese 1': `Vào Th 6, 3 thg 5, 2024 vào lúc 10:12 ${E} đã viết:`,
  'Indonesian 1': `Pada tanggal Jum, 3 Mei 2024 pukul 10.12 ${E} menulis:`,
  'Thai 1': `ในวันที่ ศ. 3 พ.ค. 2024 เวลา 10:12 ${E} เขียนว่า:`,
  'Hindi 1': `शुक्र, 3 मई 2024 को 10:12 am बजे को ${E} ने लिखा:`,
  'Catalan 1': `El dv., 3 de maig 2024 a les 10:12, Olek Nowak (&lt;olek@example.org&gt;) va escriure:`,
  'K-9': `On May 3, 2024 10:12:33 AM GMT+02:00, Olek Nowak &lt;olek@example.org&gt; wrote:`,
  'Outlook for Android': `On Fri, May 3, 2024 at 10:12 AM +0200, "Olek Nowak" &lt;<a href="mailto:olek@example.org" target="_blank">olek@example.org</a>&gt; wrote:`,
  HEY: `On May 3, 2024, Olek Nowak &lt;olek@example.org&gt; wrote:`,
  Horde: `Quoting Olek Nowak &lt;olek@example.org&gt;:`,
  'Horde, German': `Zitat von Olek Nowak &lt;olek@example.org&gt;:`,
  'Yahoo, old': `________________________________<br>From: Olek Nowak &lt;olek@example.org&gt;<br>To: mira@example.org<br>Sent: Friday, May 3, 2013 10:12 AM<br>Subject: Plans`,
};

const NEW = '<div>Friday suits me.</div><div><br></div><div>Thanks,<br>Mira</div>';
const OLD = '<div>Shall we meet on Friday?</div><div>Olek</div>';
const REPLY = 'Friday suits me. Thanks, Mira';

const cleaned = (body: string, subject = 'Re: Plans', type = 'html'): string =>
  cleanRawMail(
    Buffer.from(
      `From: a@example.org\r\nSubject: ${subject}\r\nContent-Type: text/${type}; charset=utf-8\r\n\r\n${body}`,
    ),
  )
    .text.replace(/\s+/g, ' ')
    .trim();

const HTML: Record<string, (attribution: string) => string> = {
  Gmail: (a) =>
    `<div dir="ltr">${NEW}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">${a}<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex">${OLD}</blockquote></div>`,
  'no classes': (a) =>
    `<div>${NEW}</div><br><div>${a}<br><blockquote style="margin:0 0 0 .8ex">${OLD}</blockquote></div>`,
  'a cited quote': (a) => `${NEW}<br><div>${a}</div><br><blockquote type="cite">${OLD}</blockquote>`,
};
const flat = (a: string): string => `<div>${NEW}</div><br><div>${a}</div><div>${OLD}</div>`;

const plain = (html: string): string =>
  html
    .replace(/<br>/g, '\n')
    .replace(/<\/?(?:a|span|div|b)\b[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&nbsp;/g, ' ');

/** Broken at blanks, as mail programs do before they send. */
function wrapped(line: string, width: number): string {
  const lines = [''];
  for (const word of line.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last !== '' && last.length + word.length >= width) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.join('\n');
}

const TEXT = 'Friday suits me.\n\nThanks,\nMira';
const QUOTE = '> Shall we meet on Friday?\n> Olek';

// Mutants: a verb taken out of the list; wrapped lines not joined; the colon taken for all that ends an attribution.
describe.each(Object.entries(ATTRIBUTIONS))('an older mail introduced in %s', (_language, attribution) => {
  const asPlain = plain(attribution);
  const isHead = asPlain.includes('\n');

  it('goes from HTML, whatever the subject says', () => {
    for (const [name, shape] of Object.entries(HTML))
      for (const subject of ['Re: Plans', 'Plans'])
        expect([name, cleaned(shape(attribution), subject)]).toEqual([name, REPLY]);
    expect(cleaned(flat(attribution))).toBe(REPLY);
  });

  it('goes from plain text: below, above and between what is new', () => {
    const bodies = [
      `${TEXT}\n\n${asPlain}\n\n${QUOTE}\n`,
      `${TEXT}\n\n${isHead ? asPlain : wrapped(asPlain, 44)}\n${QUOTE}\n`,
      `${TEXT}\n\n${asPlain.replace(/^/gm, '> ')}\n>\n${QUOTE}\n`,
      `${TEXT}\n\n${asPlain}\n\nShall we meet on Friday?\nOlek\n`,
    ];
    const above = [
      `${asPlain}\n\n${QUOTE}\n\n${TEXT}\n`,
      `${asPlain}\n> Shall we meet?\n\nFriday suits me.\n\n> Where?\n\nThanks,\nMira\n`,
    ];
    for (const body of isHead ? bodies : [...bodies, ...above])
      expect([body, cleaned(body, 'Re: Plans', 'plain')]).toEqual([body, REPLY]);
  });
});
