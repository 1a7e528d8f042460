import type { MailFacts } from '../reading/mail-facts';

const ranks: Record<string, number> = {
  ...{ none: 0, lowest: 0, low: 0, minor: 0, can_wait: 0, fyi: 0 },
  ...{ normal: 1, medium: 1, moderate: 1, routine: 1, standard: 1, average: 1 },
  ...{ high: 2, soon: 2, important: 2, elevated: 2 },
  ...{ urgent: 3, critical: 3, immediate: 3, now: 3, highest: 3, very_high: 3 },
};

/** Words of a mail that speak for a category, by a word that the category's name may hold. */
const hints: [category: RegExp, words: RegExp][] = [
  [/newsletter|digest/, /newsletter|unsubscribe|weekly digest|view in browser|this week in|issue #?\d+/g],
  [
    /promo|marketing|sale|advert|offer/,
    /\d% off|discount|special offer|sale ends|coupon|limited time|free shipping/g,
  ],
  [/receipt/, /receipt|payment received|thank you for your (?:order|purchase)|has been paid/g],
  [/invoice|billing|financ|payment|money|bank/, /invoice|amount due|bank|tax|statement|overdue|iban/g],
  [/travel|trip|booking|reservation/, /flight|boarding|itinerary|hotel|check-in|booking|train ticket/g],
  [/ship|deliver|order|purchase|shopping/, /shipped|out for delivery|tracking number|your order|parcel/g],
  [/meeting|calendar|event|invit|schedul/, /meeting|calendar|invitation|agenda|rsvp|webinar|reschedul/g],
  [/secur|account|alert|auth/, /password|sign-?in|security alert|verification code|suspicious|two-factor/g],
  [/support|ticket|help/, /ticket|support request|case number|helpdesk/g],
  [/legal|contract/, /contract|agreement|terms of service|attorney|clause/g],
  [/job|career|recruit|hiring/, /interview|candidate|job offer|résumé|recruiter|applicant/g],
  [/spam|phish|scam/, /lottery|winner|giveaway|wire transfer|inheritance/g],
  [/social|community|forum/, /followed you|mentioned you|commented on|friend request/g],
  [
    /notif|system|automat|update/,
    /notification|automated message|do not reply|build failed|deployed|undeliver/g,
  ],
  [/personal|family|friend/, /\bmum\b|\bdad\b|birthday|weekend|love,|miss you|holiday photos/g],
  [/work|business|project|team/, /project|deadline|review|report|client|team|sprint|draft/g],
];
const fallback = /^(other|general|misc|miscellaneous|unknown|none|neutral)$/;

/** The value of an enum that fits the facts best; always one of `values`. */
export function pickEnum(name: string, values: unknown[], facts: MailFacts): unknown {
  const texts = values.filter((value) => typeof value === 'string');
  const [first] = texts;
  if (first === undefined) return values[0];
  if (/lang|locale/.test(name)) {
    return texts.find((text) => text.toLowerCase().startsWith(facts.language)) ?? first;
  }
  if (/confidence|certainty/.test(name)) return byRank(texts, facts.confidence > 0.7 ? 2 : 1) ?? first;
  if (/urgen|priorit|importan|severity/.test(name)) return byRank(texts, facts.urgency) ?? first;
  return byHints(texts, facts.words) ?? texts.find((text) => fallback.test(text.toLowerCase())) ?? first;
}

function byRank(texts: string[], wanted: number): string | undefined {
  const ranked = texts.flatMap((text) => {
    const rank = ranks[text.toLowerCase().replace(/[\s-]/g, '_')];
    return rank === undefined ? [] : [{ text, distance: Math.abs(rank - wanted) }];
  });
  return ranked.sort((a, b) => a.distance - b.distance)[0]?.text;
}

/** The value with the most hints; the order above decides between equals. */
function byHints(texts: string[], words: string): string | undefined {
  const scored = hints.flatMap(([category, hint]) => {
    const text = texts.find((candidate) => category.test(candidate.toLowerCase()));
    const score = text === undefined ? 0 : (words.match(hint)?.length ?? 0);
    return text !== undefined && score > 0 ? [{ text, score }] : [];
  });
  return scored.sort((a, b) => b.score - a.score)[0]?.text;
}
