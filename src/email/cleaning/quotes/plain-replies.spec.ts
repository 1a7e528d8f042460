import { cleanRawMail } from '../clean-mail';

const clean = (body: string, subject = 'Re: Plans'): string =>
  cleanRawMail(
    Buffer.from(
      `From: a@example.org\r\nSubject: ${subject}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${body}`,
    ),
  ).text;

/** Lines that introduce an older mail; below each stands an unquoted one. */
const ATTRIBUTIONS = [
  'On 11-Apr-2011, at 6:54 PM, Ann <ann@example.org> wrote:',
  'On 04/19/2011 07:10 AM, Ann Lee wrote:',
  'On Tue 4/29/14 10:50AM, Ann Lee wrote:',
  'On Wed, Apr 4, 2012 at 3:59 PM, ann@example.org wrote:',
  'On 2012-10-16 at 17:02 , Ann <\nann@example.org> wrote:',
  'On Fri, May 6, 2011 at 6:03 PM, Ann Lee from Harbour News\n<ann@example.org> wrote:',
  'On Nov 30, 2011, at 12:47 PM, Ann <\n416ffd3258d4d2fa4c85cfa4c44e1721d66e3e8f4\n@ann.example.org>wrote:',
  'On Sunday, June 1, 2014, Ann Lee <ann@example.org> wrote:',
  'On 8/12/19 9:01 AM, Ann Lee via Lists wrote:',
  '--- On Thu, 5/6/10, Ann Lee <ann@example.org> wrote:',
  '---- Ann Lee wrote ----',
  '---- On Fri, 03 May 2024 10:12:00 +0200 Ann Lee <ann@example.org> wrote ----',
  '** Ann Lee <ann@example.org> [2012-04-04 15:59]:',
  'At 6/16/2016 08:32 PM, you wrote:',
  'Ann Lee <ann@example.org> wrote:',
  'Quoting Ann Lee <ann@example.org>:',
  'Am 03.02.2016 um 15:35 schrieb Ann Lee:',
  'Am Mittwoch, 3. Februar 2016, 15:35:00 CET schrieb Ann Lee:',
  'Ann Lee <ann@example.org> schrieb am Mi., 3. Feb. 2016 um 15:35 Uhr:',
  'Ann Lee schrieb am 03.02.2016 um 15:35:',
  'Le 23 janv. 2015 à 22:03, Ann Lee <ann@example.org<mailto:ann@example.org>> a écrit:',
  'Le mer. 3 févr. 2016 à 15:35, Ann Lee <ann@example.org> a\nécrit :',
  'El mié, 3 feb 2016 a las 15:35, Ann Lee (<ann@example.org>) escribió:',
  'El miércoles, 3 de febrero de 2016 15:35:00 CET Ann Lee escribió:',
  'Il giorno mer 3 feb 2016 alle ore 15:35 Ann Lee <ann@example.org> ha scritto:',
  'Il 03/02/2016 15:35, Ann Lee ha scritto:',
  'Em 3 de fevereiro de 2016 15:35, Ann Lee <ann@example.org> escreveu:',
  'Em qua., 3 de fev. de 2016 às 15:35, Ann Lee <ann@example.org>\nescreveu:',
  'Op 17-feb.-2015, om 13:18 heeft Ann Lee <ann@example.org> het volgende geschreven:',
  'Op wo 3 feb. 2016 om 15:35 schreef Ann Lee <ann@example.org>:',
  'Den ons 3 feb. 2016 kl 15:35 skrev Ann Lee <ann@example.org>:',
  '3 feb. 2016 kl. 15:35 skrev Ann Lee <ann@example.org>:',
  'Den 03-02-2016 kl. 15:35 skrev Ann Lee:',
  'ons. 3. feb. 2016 kl. 15:35 skrev Ann Lee <ann@example.org>:',
  'ke 3. helmik. 2016 klo 15.35 Ann Lee (ann@example.org) kirjoitti:',
  'W dniu 28 stycznia 2015 01:53 użytkownik Ann Lee <ann@example.org>\nnapisał:',
  'śr., 3 lut 2016 o 15:35 Ann Lee <ann@example.org> napisał(a):',
  'Dne 3. 2. 2016 v 15:35 Ann Lee napsal(a):',
  'st 3. 2. 2016 v 15:35 odesílatel Ann Lee <ann@example.org> napsal:',
  'Dňa 3.2.2016 o 15:35 Ann Lee napísal(a):',
  '2016.02.03. 15:35 keltezéssel, Ann Lee írta:',
  'Ann Lee <ann@example.org> ezt írta (időpont: 2016. febr. 3., Sze, 15:35):',
  'ср, 3 февр. 2016 г. в 15:35, Ann Lee <ann@example.org>:',
  '03.02.2016 15:35, Ann Lee пишет:',
  'Среда, 3 февраля 2016, 15:35 +03:00 от Ann Lee <ann@example.org>:',
  'Ann Lee <ann@example.org> писал(а):',
  'ср, 3 лют. 2016 р. о 15:35 Ann Lee <ann@example.org> пише:',
  'На ср, 3.02.2016 г. в 15:35 Ann Lee <ann@example.org> написа:',
  'În mie., 3 feb. 2016 la 15:35, Ann Lee <ann@example.org> a scris:',
  'Στις Τετ, 3 Φεβ 2016 στις 3:35 μ.μ., ο/η Ann Lee <ann@example.org> έγραψε:',
  'Ann Lee <ann@example.org>, 3 Şub 2016 Çar, 15:35 tarihinde şunu yazdı:',
  'Vào 14:24 8 tháng 6, 2017, Ann Lee <ann@example.org> đã viết:',
  'Pada tanggal Rab, 3 Feb 2016 pukul 15.35 Ann Lee <ann@example.org> menulis:',
  'เมื่อ พ. 3 ก.พ. 2016 เวลา 15:35 Ann Lee <ann@example.org> เขียนว่า:',
  '2016年2月3日(水) 15:35 Ann Lee <ann@example.org>:',
  '2016年2月3日 15:35、Ann Lee <ann@example.org>のメール:',
  'Ann Lee <ann@example.org> 于2016年2月3日周三 15:35写道：',
  'Ann Lee <ann@example.org> 於 2016年2月3日 週三 下午3:35寫道：',
  '2016년 2월 3일 (수) 오후 3:35, Ann Lee <ann@example.org>님이 작성:',
  'في الأربعاء، ٣ فبراير ٢٠١٦ ١٥:٣٥ Ann Lee <ann@example.org> كتب:',
  '‫בתאריך יום ד׳, 3 בפבר׳ 2016 ב-15:35 מאת ‪Ann Lee‬‏ <‪ann@example.org‬‏>:‬',
];

describe('plain replies', () => {
  it.each(ATTRIBUTIONS)('end at the line that introduces the older mail: %s', (line) => {
    expect(clean(`Friday suits me.\n\n${line}\n\nShall we meet?\n\nAnn`)).toBe('Friday suits me.');
    expect(clean(`Friday suits me.\n${line}\n> Shall we meet?\n> Ann`)).toBe('Friday suits me.');
  });

  it('know the attribution behind the reply on one line', () => {
    expect(clean('reply On Wed, Apr 4, 2012 at 3:59 PM, ann@example.org wrote:\n> Hi')).toBe('reply');
    expect(clean('reply--- On Wed, Apr 4, 2012 at 3:59 PM, ann@example.org wrote:\n> Hi')).toBe('reply');
    expect(clean('well - then - yes--- On Wed, Apr 4, 2012 at 3:59 PM, a@example.org wrote:\n> Hi')).toBe(
      'well - then - yes',
    );
  });

  it('keep what stands below or around the quote', () => {
    expect(clean('On 04/19/2011 07:10 AM, Ann wrote:\n\n>\n> Test\nAn answer')).toBe('An answer');
    expect(clean('Yes\n\nOn 04/19/2011 07:10 AM, Ann wrote:\n\n>\n> Test\n\nRegards, Lee')).toBe(
      'Yes\n\nRegards, Lee',
    );
    expect(
      clean(
        'Yes\nOn 04/19/2011 07:10 AM, Ann wrote:\n\n>Test\n>On 04/19/2011 07:10 AM, Lee wrote:\n>\n>>\n>> Test.\n\nRegards, Lee',
      ),
    ).toBe('Yes\n\nRegards, Lee');
  });

  it.each([
    'From: ann@example.org\nDate: Wed, 16 May 2012 00:15:02 -0600',
    'Date: Wed, 16 May 2012 00:15:02 -0600\nTo: lee@example.org\n',
    '  *From:* ann@example.org [mailto:\n  ann@example.org]\n  *Sent:* Wednesday, June 27, 2012 3:05 PM\n  *To:* lee@example.org\n  *Subject:* Hello\n',
    'From: Ann Lee via Somebody <a@example.org>\nSent: Monday\nTo: Lee\nCc: Someone;\n Another; A Third\nSubject: RE: Plans',
    'De : Ann Lee [mailto:ann@example.org]\nEnvoyé : vendredi 23 janvier 2015 16:39\nÀ : Lee\nObjet : Suite',
    'Von: Ann\nGesendet: Mittwoch, 3. Februar 2016 15:35\nAn: Lee\nBetreff: Test',
    'Fra: ann@example.org\nSendt: 19. marts 2011 12:10\nTil: Lee\nEmne: Test',
    '-----Original Message-----\nFrom: ann@example.org',
    '-----Ursprüngliche Nachricht-----',
    '-------- Исходное сообщение --------\nОт: Анна',
    '----------Oorspronkelijk bericht----------',
    ' ----- Missatge original -----',
    '-------- 原始邮件 --------',
    '_____________________________________________\nFrom: Ann\nSent: Friday\nTo: Lee\nSubject: x',
    'From: Ann Sent: 3 May 2012 To: Lee Subject: Plans',
    '##- Please type your reply above this line -##',
  ])('end at the head of the older mail: %s', (head) => {
    expect(clean(`8.45am-1pm\n\n${head}\n\nShall we meet?\nAnn\n`)).toBe('8.45am-1pm');
  });
});

describe('what only looks like history', () => {
  it.each([
    'Visit us now.\n>>> >>>  http://www.example.org <<<\nVisit our site by the link above',
    'Blah-blah-blah\nOn blah-blah-blah',
    'As I told you on 3 May 2016 at 10:00 in the letter: it is done.\nAll of it.',
    'He wrote:\nI shall come on Friday.\nSo we wait.',
    'Here is what the manual says on page 12, at 10:30 or so, it wrote:\nNothing.',
    'The train\n\nFrom: Kyiv\nTo: Lviv\nDate: 3 May\n\nSeat 12 is yours.',
    'To: do\n- milk\n- bread\n\nFrom: the shop on the corner\n\nThat is all.',
    'Original message of the campaign: be kind.\nIt sells well.',
    'Please reply above all to the first question.\nThe others can wait.',
    'Agenda\n------\n1. Harbour\n2. Ferry\n\nNotes\n------\nNone so far.',
    'Code:\n\n```\n> prompt\nOn 3 May 2012, Ann wrote:\n-- \n```\n\nThat is it.',
    'A | B\n-----\n1 | 2\n\nTotal 3',
    'Hi,\n\nOn Monday 3 May at 10:00 we meet.\nOn Tuesday we rest:\nno work at all.',
    '> I quote what I answer\n\nMy answer is no.\n\n> And this\n\nThat neither.',
    'Dear all,\n\nSubject: to change, the plan is as follows.\nDate: open.\n\nBye',
  ])('stays: %s', (body) => {
    expect(clean(body).replace(/\s+/g, ' ')).toBe(body.replace(/\s+/g, ' '));
  });

  it('is kept where nothing else would remain', () => {
    expect(clean('> Only a quote.')).toBe('> Only a quote.');
    expect(clean('On 8 May 2017 17:34, "Ann" <ann@example.org> wrote:\n\nOnly this.')).toBe('Only this.');
    expect(clean('-- \nAnn Lee\nHarbour Office')).toContain('Ann Lee');
  });
});
