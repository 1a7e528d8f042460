/**
 * How mail programs introduce an older mail, by language. These are interface texts: short, closed lists that
 * grow by one line for a new language. What can be told without words (dates, addresses, shapes) is told so.
 */

const phrases = (list: string): string[] => list.split('|').map((phrase) => phrase.trim());

/** "wrote", as it ends or centres the line above a quote. */
export const WROTE = phrases(`
  wrote | writes | said | a écrit | écrit | a ecrit | schrieb | schrieb am | geschrieben | escribió |
  escribio | escribe | ha escrito | ha scritto | scrive | scritto | escreveu | escreve | schreef |
  schreef op | geschreven | heeft geschreven | skrev | skrev följande | skrev følgende | skreiv |
  wiadomość napisana przez | napisał(a) | napisał | napisała | napisal(a) | pisze | napsal(a) | napsal | napsala | napísal(a) |
  napísal | napísala | píše | kirjoitti | написал | написала | написал(а) | написал (а) | писал |
  писал(а) | пишет | написав | написав(ла) | пише | írta | ezt írta | yazdı | şunu yazdı |
  şunları yazdı | 写道 | 寫道 | 写到 | のメッセージ | さんは書きました | は書きました | 書きました | が書いた | 작성 | 작성함 | 님이 작성 | 님이 작성함 |
  님이 쓴 글 | đã viết | viết | menulis | tulis | έγραψε | έγραψαν | a scris | scris | כתב | כתבה | כתב/ה |
  כתב(ה) | مאת | كتب | كتبت | تمت كتابة ما يلي | เขียน | เขียนว่า | rašė | parašė | rakstīja |
  kirjutas | је написао | је написао/ла | napisao je | napisala je | je napisao | je napisao/la |
  je napisal | je napisala | je napisal/-a | va escriure | ha escrit | escrigué | skrifaði | idatzi du |
  escribiu | написа | напісаў | shkroi | ने लिखा | लिखा | লিখেছেন | எழுதினார் | נכתב | نوشت |
  ont écrit | schreiben | wrote the following | skrifaði þetta | napísali | sumulat | isinulat ni
`);

/** What an original-message divider says between its dashes. */
export const ORIGINAL_MESSAGE = phrases(`
  original | original message | original mail | original e-mail | original email | original appointment |
  reply message | reply | previous message | quoted message | ursprüngliche nachricht |
  originalnachricht | original-nachricht | ursprungliche nachricht | antwortnachricht | originalmail |
  originaltermin | ursprüngliche mail | message original | message d'origine | message d’origine |
  courriel original | mensaje original | mensaje de origen | missatge original | mensagem original |
  mensagem de origem | messaggio originale | messaggio di origine | messaggio originario |
  oorspronkelijk bericht | originele bericht | origineel bericht | oprindelig meddelelse |
  oprindelig besked | originalmeddelande | ursprungligt meddelande | ursprungliga meddelandet |
  opprinnelig melding | original melding | opprinnelig meldning | alkuperäinen viesti |
  wiadomość oryginalna | oryginalna wiadomość | wiadomość pierwotna | původní zpráva | puvodni zprava |
  původní e-mail | pôvodná správa | originálna správa | eredeti üzenet | eredeti levél |
  исходное сообщение | исходное письмо | оригинальное сообщение | первоначальное сообщение |
  оригінальне повідомлення | вихідне повідомлення | початкове повідомлення | оригинално съобщение |
  изворна порука | originalna poruka | izvorna poruka | izvirno sporočilo | mesaj original |
  mesajul original | özgün ileti | orijinal ileti | orijinal mesaj | asıl mesaj | αρχικό μήνυμα |
  αυθεντικό μήνυμα | הודעה מקורית | הודעה המקורית | الرسالة الأصلية | رسالة أصلية | 原始邮件 | 原始郵件 |
  原始邮件信息 | 回复的原邮件 | 原邮件 | 原文 | 元のメッセージ | オリジナルメッセージ | 원본 메시지 | 원본메시지 | 원본 메일 | 원본 이메일 | thư gốc |
  tin nhắn gốc | tin gốc | pesan asli | mesej asal | ข้อความต้นฉบับ | ข้อความเดิม | originalus laiškas |
  oriģinālā ziņa | algne kiri | algsõnum | upprunaleg skilaboð | jatorrizko mezua | mensaxe orixinal
`);

/** What the divider above a forwarded mail says. */
export const FORWARDED_MESSAGE = phrases(`
  forwarded message | forwarded mail | forwarded email | forwarded e-mail | begin forwarded message |
  forwarded by | start of forwarded message | fwd | forward message | forwarded |
  weitergeleitete nachricht | weitergeleitete mail | weitergeleitete e-mail |
  anfang der weitergeleiteten nachricht | anfang der weitergeleiteten e-mail |
  beginn der weitergeleiteten nachricht | weitergeleitet von | message transféré | message transmis |
  message réexpédié | début du message réexpédié | début du message transféré | courriel transféré |
  transféré par | mail transféré | e-mail transféré | mensaje reenviado | inicio del mensaje reenviado |
  comienzo del mensaje reenviado | comienza el mensaje reenviado | reenviado por | missatge reenviat |
  inici del missatge reenviat | correo reenviado | mensagem encaminhada |
  início da mensagem encaminhada | início da mensagem reencaminhada | mensagem reencaminhada |
  encaminhado por | e-mail encaminhado | messaggio inoltrato | inizio messaggio inoltrato |
  inizio del messaggio inoltrato | inoltrato da | doorgestuurd bericht | begin doorgestuurd bericht |
  begin doorgezonden bericht | doorgezonden bericht | doorgestuurde e-mail |
  begin van doorgestuurd bericht | videresendt meddelelse | start på videresendt besked |
  videresendt besked | videresendt mail | vidarebefordrat meddelande | vidarebefordrat mail |
  vidarebefordrat brev | börja vidarebefordrat meddelande | början på vidarebefordrat meddelande |
  vidarebefordrat mejl | påbörjat vidarebefordrat brev | videresendt melding |
  start på videresendt melding | begynnelse på videresendt melding | välitetty viesti |
  edelleenlähetetty viesti | välitetty viesti alkaa | wiadomość przekazana dalej |
  przekazana wiadomość | początek przekazanej wiadomości | wiadomość przekazana |
  początek wiadomości przekazanej | treść przekazanej wiadomości | przekazano | přeposlaná zpráva |
  začátek přeposlané zprávy | předávaná zpráva | přeposlaný e-mail | preposlaná správa |
  začiatok preposlanej správy | továbbított üzenet | továbbított levél | a továbbított levél kezdete |
  továbbított üzenet kezdete | пересылаемое сообщение | пересланное сообщение | пересылаемое письмо |
  начало переадресованного сообщения | начало переадресованного письма | перенаправленное сообщение |
  начало пересылаемого сообщения | пересланное письмо | завершение пересылаемого |
  переслане повідомлення | переслати повідомлення | перенаправлене повідомлення | пересланий лист |
  препратено съобщение | прослеђена порука | početak prosleđene poruke | proslijeđena poruka |
  početak proslijeđene poruke | prosleđena poruka | posredovano sporočilo |
  začetek posredovanega sporočila | mesaj redirecționat | mesaj redirectionat |
  începutul mesajului redirecționat | începutul mesajului redirectat | început mesaj redirecționat |
  yönlendirilmiş ileti | iletilen mesaj | iletilmiş mesaj | iletilen ileti |
  iletilen mesajın başlangıcı | iletinin başlangıcı | προωθημένο μήνυμα | έναρξη προωθημένου μηνύματος |
  έναρξη προωθημένου | הודעה שהועברה | תחילת ההודעה שהועברה | הודעה מועברת | الرسالة المعاد توجيهها |
  رسالة معاد توجيهها | بداية الرسالة المعاد توجيهها | رسالة محولة | الرسالة المحولة | 转发的邮件 | 转发邮件 |
  轉寄郵件 | 轉寄的郵件 | 以下是转发的邮件 | 开始转发邮件 | 下面是被转发邮件 | 转发的消息 | 已转发的邮件 | 已轉寄的郵件 | 開始轉寄郵件 | 開始轉寄的郵件 | 轉寄訊息 |
  轉寄的訊息 | 轉寄信件 | 転送メッセージ | 転送されたメッセージ | 転送メール | 転送 | 전달된 메시지 | 전달된 메일 | 전달된 편지 | 전달한 메시지 | 원본 메시지 전달 |
  początek przekazywanej wiadomości | továbbított levél kezdete | початок переадресованого повідомлення |
  iletilen ileti başlangıcı | yönlendirilen ileti başlangıcı | بدء الرسالة المعاد توجيهها | 以下是被轉寄的郵件 |
  chuyển tiếp | thư đã chuyển tiếp | thư được chuyển tiếp | bắt đầu thư được chuyển tiếp |
  tin nhắn chuyển tiếp | thư chuyển tiếp | pesan terusan | pesan yang diteruskan |
  mula mesej dimajukan | mesej dimajukan | ข้อความที่ส่งต่อ | เริ่มข้อความที่ส่งต่อ |
  persiųstas laiškas | pārsūtītais ziņojums | edastatud kiri | edastatud sõnum | birtzali mezua |
  mensaxe reenviada | framsend skilaboð | अग्रेषित संदेश | वर्तमान संदेश अग्रेषित
`);
