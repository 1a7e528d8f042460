import { FORWARDED_MESSAGE, ORIGINAL_MESSAGE } from './phrases';

/** What a divider line announces. */
export type Divider = 'original' | 'forward' | 'reply-above';

const ORIGINAL = new Set(ORIGINAL_MESSAGE);
const FORWARDED = new Set(FORWARDED_MESSAGE);
const REPLY_ABOVE =
  /reply\s(?:above|over)\sthis\sline|type\syour\sreply\s(?:above|over)|write\s(?:above|over)\sthis\sline|do\snot\s(?:write|type)\sbelow\sthis\sline|antworten?\s(?:sie\s)?(?:bitte\s)?(?:über|oberhalb)\s(?:dieser|der)\s(?:zeile|linie)|répondre\sau-dessus\sde\scette\sligne|réponse\sau-dessus\sde\scette\sligne|por\sencima\sde\sesta\slínea|acima\sdesta\slinha/i;
const MAX_LENGTH = 160;
/** Most lines are settled by this alone. */
const MAY_DIVIDE = /[-–—_=~#]{2}|[:：][\s*_]{0,9}$|line|zeile|ligne|línea|linha/i;

/** `----- Original Message -----`, `Begin forwarded message:` and their like, in any language; null for other lines. */
export function dividerOf(source: string): Divider | null {
  if (source.length < 3 || source.length > MAX_LENGTH) return null;
  if (!MAY_DIVIDE.test(source)) return null;
  const text = source.trim();
  const core = text.replace(/^[\s*_=~#>|+.–—-]+|[\s*_=~#<|+.–—-]+$/gu, '');
  const isFramed = /^[*_\s>|]*[-–—_=~]{2,}/u.test(text) || /[-–—_=~]{2,}[*_\s]*$/u.test(text);
  const words = core
    .replace(/[:：]$/u, '')
    .trim()
    .toLowerCase()
    // Turkish: the small letter of İ is an i with a dot of its own.
    .replace(/i\u0307/g, 'i')
    .replace(/\s+/g, ' ');
  if (isFramed && ORIGINAL.has(words)) return 'original';
  if (FORWARDED.has(words) && (isFramed || /[:：]$/u.test(core))) return 'forward';
  if (
    isFramed &&
    /^(?:forwarded|weitergeleitet von|transféré par|réacheminé par|reenviado por|inoltrato da|转发邮件)(?:\sby)?\s?\S/u.test(
      words,
    )
  )
    return 'forward';
  if (ORIGINAL.has(words) && /[:：]$/u.test(core) && words.length > 9) return 'original';
  return REPLY_ABOVE.test(text) ? 'reply-above' : null;
}
