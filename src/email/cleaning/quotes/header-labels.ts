/** What a line of a pasted header block tells. */
export type HeaderKind = 'from' | 'date' | 'to' | 'subject' | 'other';

const LABELS: Readonly<Record<HeaderKind, string>> = {
  from: `
    from|von|de|da|van|fra|från|od|lähettäjä|от|от кого|від|від кого|kimden|gönderen|发件人|寄件者|寄件人|發件人|
    差出人|送信者|送信元|보낸 사람|보낸사람|보낸 이|발신|발신자|feladó|de la|expéditeur|remitente|remetente|mittente|absender|
    afzender|afsender|avsändare|avsender|nadawca|odesílatel|odosielateľ|pošiljatelj|από|αποστολέας|מאת|
    من|từ|người gửi|dari|daripada|pengirim|จาก|šalje|nuo|no|saatja|frá|nga|prej|nork|зи|испраќа|
    адпраўнік|প্রেরক|प्रेषक`,
  date: `
    message du|sent|date|gesendet|datum|gesendet am|envoyé|envoyé le|enviado|enviado el|enviada|enviada em|
    enviado em|enviada el|fecha|data|inviato|inviato il|verzonden|verzonden op|sendt|dato|skickat|
    wysłano|wysłane|lähetetty|päivämäärä|päiväys|отправлено|дата|отправлен|надіслано|відправлено|
    gönderilme|gönderildi|gönderim|tarih|gönderme tarihi|发送时间|发送日期|日期|时间|傳送時間|寄件日期|傳送日期|時間|送信日時|日時|送信日|
    日付|보낸 날짜|날짜|보낸 시간|발송일|elküldve|dátum|küldve|trimis|odesláno|odoslané|poslano|poslato|datum slanja|
    στάλθηκε|ημερομηνία|εστάλη|נשלח|תאריך|تاريخ الإرسال|التاريخ|تم الإرسال|أرسلت|đã gửi|ngày|gửi|
    thời gian|dikirim|tanggal|dihantar|tarikh|ส่ง|วันที่|ส่งเมื่อ|išsiųsta|nosūtīts|saadetud|kuupäev|
    sent at|date sent|when|изпратено|send|дата отправки`,
  to: `
    to|an|à|a|para|til|till|aan|do|vastaanottaja|кому|до|kime|alıcı|收件人|收件者|宛先|받는 사람|받는사람|수신|수신자|
    címzett|către|catre|komu|pre|προς|אל|إلى|الى|đến|tới|người nhận|kepada|untuk|ถึง|za|prima|kam|
    kellele|destinataire|destinatario|destinatário|empfänger|ontvanger|modtager|mottagare|mottaker|
    nori|प्रति|до кого`,
  subject: `
    subject|betreff|objet|sujet|asunto|assunto|oggetto|onderwerp|emne|ämne|temat|aihe|тема|konu|主题|主旨|
    标题|件名|제목|tárgy|subiect|předmět|predmet|věc|vec|θέμα|נושא|הנדון|الموضوع|موضوع|chủ đề|tiêu đề|subjek|
    perihal|subyek|เรื่อง|หัวเรื่อง|zadeva|tema|teema|temats|pealkiri|naslov|efni|gaia|assumpte|
    относно|re|विषय|বিষয়`,
  other: `
    cc|bcc|kopie|kopi|kopia|copie|copie à|copia|cópia|ccn|cci|cco|dw|udw|копия|копія|kopio|抄送|副本|密件抄送|
    참조|숨은 참조|másolatot kap|másolat|bilgi|κοιν.|κοινοποίηση|עותק|نسخة|نسخة إلى|tembusan|salinan|สำเนา|
    đồng kính gửi|reply-to|reply to|répondre à|antwort an|responder a|responder à|rispondi a|
    odpowiedz do|beantwoorden|svar til|svara till|svar-till|importance|priority|priorité|priorität|
    attachments|anlagen|pièces jointes|archivos adjuntos|anexos|allegati|bijlagen|organization|
    organisation|location|where|wichtigkeit|importancia|importância|resent-from|delivered-to|
    message-id|x-mailer|in-reply-to|ref|sender|via|返信先|回复`,
};

const KIND_OF: ReadonlyMap<string, HeaderKind> = new Map(
  (Object.entries(LABELS) as [HeaderKind, string][]).flatMap(([kind, labels]) =>
    labels.split('|').map((label): [string, HeaderKind] => [label.trim(), kind]),
  ),
);

/** A line such as `*From:* Ann <ann@example.org>`, in any language. */
export interface HeaderLine {
  kind: HeaderKind;
  value: string;
  /** The label as it stands, without its decoration. */
  label: string;
}

/** Reads a line as a pasted header; null where its label is none. Constant time: it looks at 40 characters. */
export function headerLine(text: string): HeaderLine | null {
  const head = text.slice(0, 40);
  const at = head.search(/[:：]/);
  if (at < 1) return null;
  const label = head
    .slice(0, at)
    .replace(/[*_|\s\u200e\u200f]+/g, ' ')
    .trim();
  const kind = KIND_OF.get(label.toLowerCase());
  if (!kind) return null;
  return { kind, label, value: text.slice(at + 1).replace(/^[\s*_|]+|[*_]+$/g, '') };
}
