/** Lines that a device or mail program adds by itself, whole lines only. */
export const SENT_FROM = [
  /^(?:sent|enviado|envoyé|inviato|verstuurd|verzonden|gesendet|skickat|sendt|lähetetty|wysłan[eoay]|odesláno|odoslané|trimis|отправлено|надіслано|gönderildi|küldve|poslano|dikirim|στάλθηκε|enviat|poslato|изпратено)(?:\s(?:ze|z|s|do|da|dal|desde|depuis|de|du|mon|ma|mi|meu|minha|mijn|meinem|meiner|von|vom|mit|from|via|using|by|with|fra|från|vanaf|van|met|à|partir|el|meu|mio|mia|min|mitt|il|с|со|z\s|iz|din|από|dari|с\sмоего|lähettäjä|my|a))\b[^.,;!?]{2,70}[.!]?$/iu,
  /^(?:von|vom|aus)\s(?:meinem|meiner|mein)\s[^.,;!?]{2,50}\s(?:gesendet|geschickt|verschickt|versendet)[.!]?$/iu,
  /^(?:gesendet|verschickt|geschickt)\s(?:von|mit|über|aus)\s(?:meinem|meiner|der|dem|outlook|mail|yahoo|gmx|web\.de)\b[^.;!?]{0,60}[.!]?$/iu,
  /^.{2,40}(?:から送信|에서 보냄|에서 전송됨|から送信されました|で送信)$/u,
  /^(?:发自|發自|从我的|自我的|從我的|我的).{1,40}(?:发送|傳送|发出|寄出)?$/u,
  /^(?:đã gửi|được gửi|gửi) từ\s.{2,50}$/iu,
  /^(?:get|download|obtenez|obtener|hol(?:en)?\s(?:sie\s)?(?:sich\s)?|ottieni|obter|télécharger|scarica|skaffa|hent|descargar|descarga|pobierz)\s(?:outlook|yahoo|gmail|proton|the)\b.{0,80}$/iu,
  /^(?:outlook|yahoo mail|gmail)\s(?:für|for|para|pour|per|voor)\s(?:ios|android|mac|windows)\b.{0,60}(?:herunterladen|downloaden)?$/iu,
  /^get\s\S{2,30}(?:\s\S{2,30})?\sfor\s(?:ios|iphone|ipad|android|mac|windows|mobile)[.!]?$/iu,
  /^[Ss]ent from my\s(?:[\p{Lu}\d][\p{L}\d&+®-]{0,20},?\s){1,5}(?:smartphone|phone|tablet|device)[.!]?$/u,
  /^yahoo mail:\s.{2,60}$/iu,
  /^(?:sent|written|composed)\s(?:with|using|via)\s[\p{Lu}][^.;!?]{1,60}[.!]?$/u,
  /^(?:my|mein)\siphone\b.{0,30}$/iu,
  /^lähetetty\s.{2,40}(?:sta|stä|lta|ltä)$/iu,
  /^отправлено\s(?:с|со|из)\s.{2,60}$/iu,
  /^(?:inviato|enviado|envoyé)\s.{0,30}\b(?:iphone|ipad|android|samsung|outlook|blackberry|huawei|xiaomi|galaxy|mobile|móvil|telefono|celular|yahoo)\b.{0,60}$/iu,
  /^(?:virus-?free|no viruses? found in|this email has been checked for viruses|diese e-?mail wurde (?:von|auf viren)|cet? (?:e-?mail|courriel) a été (?:vérifié|analysé)|este (?:correo|email|mensaje) (?:ha sido|está|se) .{0,30}(?:virus|avast|avg))\b.{0,160}$/iu,
];

/** What a list server or a ticket system adds below a mail, at the start of a line. */
export const FOOTER_START =
  /^(?:you(?:'|’)?(?:re| are)? (?:received|receiving|are receiving) this (?:message|email|e-mail|mail|because)|you received this|to unsubscribe from this (?:group|list|topic)|to unsubscribe (?:and|send)|to view this discussion|reply to this (?:e-?mail|message) directly|for more options,? visit this group|to post to this (?:group|list)|visit this group at|unsubscribe:? (?:https?:|<|mailto:)|view it on github|mute this (?:topic|thread)|to mute the thread|vous recevez ce(?:t|tte)? |sie (?:erhalten|haben) diese (?:e-?mail|nachricht)|has recibido este|recibiste este|hai ricevuto questo|você (?:está recebendo|recebeu) (?:este|esta))/iu;

/** Words that a confidentiality notice is made of; several of them make one. */
export const DISCLAIMER_WORDS =
  /confidential|privileged|intended (?:recipient|solely|only|for the)|unauthori[sz]ed|prohibited|disclos(?:e|ure)|dissemination|received (?:this|it) (?:\S+ ){0,4}(?:in|by) (?:error|mistake)|delete (?:this|it|the)|legally|notify the sender|disclaimer|addressee|virus|liability|vertraulich|empfänger|irrtümlich|unbefugt|vernichten|löschen|weitergabe|unzulässig|confidentiel|destinataire|par erreur|strictement|interdit|divulgation|détruire|supprimer|confidencial|destinatari[oa]|por error|por engano|prohibid[oa]|proibid[oa]|elimin|divulga|riservat|per errore|vietat|cancellar|diffusione|copiare|vertrouwelijk|geadresseerde|ten onrechte|verwijderen|openbaarmaking|fortrolig|konfidentiell|mottagare|av misstag|fejl|slette|poufn|omyl|adresát|конфиденциальн|получател|ошибк|удал|機密|誤って|保密|机密|收件人/giu;
