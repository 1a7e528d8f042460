/** Quota units and budgets. Without a budget nothing is rejected, but units are counted all the same. */
export interface QuotaSettings {
  /** Units per method id, such as `messages.get`. */
  units: Record<string, number>;
  /** Units that one user may spend in any 60 seconds. */
  perUserPerMinute: number | undefined;
  /** Units that all users together may spend in any 60 seconds. */
  perProjectPerMinute: number | undefined;
  /** Status of a rejection: Gmail sends 429 or 403. */
  rejectWith: 429 | 403;
  /** Seconds for a Retry-After header; Gmail seldom sends one. */
  retryAfterSeconds: number | undefined;
}

/** Units of projects made since May 2026; the methods not listed there are Gmail's older figures. */
export const defaultQuota: QuotaSettings = {
  units: {
    getProfile: 1,
    'messages.list': 5,
    'messages.get': 20,
    'messages.modify': 5,
    'messages.batchModify': 50,
    'messages.trash': 5,
    'messages.untrash': 5,
    'messages.delete': 10,
    'messages.attachments.get': 20,
    'threads.get': 40,
    'labels.list': 1,
    'labels.get': 1,
    'labels.create': 5,
    'history.list': 2,
    watch: 100,
    stop: 50,
  },
  perUserPerMinute: undefined,
  perProjectPerMinute: undefined,
  rejectWith: 429,
  retryAfterSeconds: undefined,
};
