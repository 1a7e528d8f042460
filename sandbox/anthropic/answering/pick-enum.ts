import type { MailFacts } from '../reading/mail-facts';

const ranks: Record<string, number> = {
  ...{ none: 0, lowest: 0, low: 0, minor: 0, can_wait: 0, fyi: 0 },
  ...{ normal: 1, medium: 1, moderate: 1, routine: 1, standard: 1, average: 1 },
  ...{ high: 2, soon: 2, important: 2, elevated: 2 },
  ...{ urgent: 3, critical: 3, immediate: 3, now: 3, highest: 3, very_high: 3 },
};

/** Words of a mail that speak for a category, by a word that the category's name may hold. */
const hints: [category: RegExp, words: RegExp][] = [
  [/newsletter|digest/, /newsletter|unsubscribe|weekly digest|view in browser|issue #?\d+/],
  [/promo|marketing|sale|advert|offer/, /% off|discount|special offer|sale ends|coupon|limited time/],
  [
    /invoice|billing|payment|financ|receipt|money|bank/,
    /invoice|receipt|payment|amount due|bank|refund|€|\$\d/,
  ],
  [/travel|trip|booking|reservation/, /flight|boarding|itinerary|hotel|check-in|booking|train/],
  [/ship|deliver|order|purchase|shopping/, /shipped|delivery|tracking number|your order|parcel/],
  [/meeting|calendar|event|invit|schedul/, /meeting|calendar|invitation|agenda|rsvp|webinar|reschedul/],
  [/secur|account|alert|auth/, /password|sign-?in|security alert|verification code|suspicious/],
  [/support|ticket|help/, /ticket|support request|case number|helpdesk/],
  [/legal|contract/, /contract|agreement|terms of service|attorney|clause/],
  [/job|career|recruit|hiring/, /interview|candidate|position|résumé|recruiter|applicant/],
  [/bounce|deliverability/, /undeliver|delivery status notification|mailer-daemon/],
  [/spam|phish|scam/, /lottery|winner|crypto giveaway|wire transfer/],
  [/social|community|forum/, /followed you|mentioned you|commented on|friend request/],
  [/notif|system|automat|update/, /notification|automated message|do not reply|build failed|deployed/],
  [/personal|family|friend/, /\bmum\b|\bdad\b|birthday|weekend|love,|miss you|holiday photos/],
  [/work|business|project|team/, /project|deadline|review|report|client|team|sprint|draft/],
];
const fallback = /^(other|general|misc|miscellaneous|unknown|none|neutral)$/;

/** The value of an enum that fits the facts best; always one of `values`. */
export function pickEnum(name: string, values: unknown[], facts: MailFacts): unknown {
  const texts = values.filter((value) => typeof value === 'string');
  if (texts.length === 0) return values[0];
  if (/lang|locale/.test(name)) {
    return texts.find((text) => text.toLowerCase().startsWith(facts.language)) ?? texts[0];
  }
  if (/confidence|certainty/.test(name)) return byRank(texts, facts.confidence > 0.7 ? 2 : 1) ?? texts[0];
  if (/urgen|priorit|importan|severity/.test(name)) return byRank(texts, facts.urgency) ?? texts[0];
  return byHints(texts, facts.words) ?? texts.find((text) => fallback.test(text.toLowerCase())) ?? texts[0];
}

function byRank(texts: string[], wanted: number): string | undefined {
  const ranked = texts.flatMap((text) => {
    const rank = ranks[text.toLowerCase().replace(/[\s-]/g, '_')];
    return rank === undefined ? [] : [{ text, distance: Math.abs(rank - wanted) }];
  });
  return ranked.sort((a, b) => a.distance - b.distance)[0]?.text;
}

function byHints(texts: string[], words: string): string | undefined {
  const named = hints.flatMap(([category, hint]) => {
    const text = texts.find((candidate) => category.test(candidate.toLowerCase()));
    return text !== undefined && hint.test(words) ? [text] : [];
  });
  return named[0];
}
