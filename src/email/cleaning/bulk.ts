import { type MailHeaders } from './mime/mail-headers';
import { isBlank, type Line } from './text/line';

/** Sent to many by a machine: a newsletter, a notification, a receipt. A discussion on a list is not. */
export function isBulk(headers: MailHeaders): boolean {
  if (headers.has('in-reply-to') || headers.has('list-post')) return false;
  return (
    headers.has('list-unsubscribe') ||
    /^(?:bulk|junk)$/i.test(headers.raw('precedence')) ||
    headers.has('x-campaign') ||
    headers.has('feedback-id')
  );
}

/** An out-of-office note or another answer by a machine (RFC 3834). */
export function isAutoReply(headers: MailHeaders): boolean {
  return (
    /^auto-(?:replied|generated)/i.test(headers.raw('auto-submitted')) ||
    headers.has('x-autoreply') ||
    headers.has('x-autorespond') ||
    /^auto_reply$/i.test(headers.raw('precedence'))
  );
}

const MAX_BOILERPLATE = 90;
/** Links that every newsletter has and no reader needs; the whole line is nothing else. */
const BOILERPLATE =
  /^(?:[\s|•·*–—-]|(?:click here to )?(?:un-?subscribe(?: here| now| instantly| from (?:this|these|our) (?:list|emails?|newsletter))?|manage (?:your )?(?:email )?(?:preferences|notifications)|(?:update|change|edit) (?:your )?(?:email )?(?:preferences|subscription|profile|settings)|(?:email )?preferences|view (?:this (?:email|message|mail|newsletter) )?(?:it )?(?:in|on|with) (?:your |a |the )?(?:web )?browser|view (?:it )?online|view (?:the )?web version|web version|read (?:this )?online|(?:having )?trouble (?:viewing|reading) this (?:email|message|mail|newsletter)\??|forward (?:this )?to a friend|add us to your address book|privacy policy|terms (?:of (?:service|use)|and conditions)|abmelden|newsletter abbestellen|im browser (?:ansehen|anzeigen|öffnen)|online ansehen|se désabonner|se désinscrire|voir (?:dans le navigateur|la version en ligne)|version en ligne|darse de baja|cancelar (?:la )?suscripción|ver en (?:el|tu) navegador|cancelar inscrição|ver no navegador|annulla (?:l['’])?iscrizione|disiscriviti|visualizza nel browser|afmelden|uitschrijven|bekijk (?:in|de online) (?:browser|versie)|отписаться|открыть в браузере|配信停止|退订|在浏览器中查看|수신거부))+[.!:?»>›→\s]*$/iu;

/** Leaves out the service links of a newsletter; everything it says stays. */
export function cutBoilerplate(lines: readonly Line[]): Line[] {
  const kept = lines.filter(
    (line) => isBlank(line) || line.text.length > MAX_BOILERPLATE || !BOILERPLATE.test(line.text),
  );
  return kept.some((line) => !isBlank(line)) ? kept : [...lines];
}
