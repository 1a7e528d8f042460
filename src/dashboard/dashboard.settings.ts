import { defineSetting } from '../kernel/system-config/setting';
import { orNull, text, type ValueType } from '../kernel/system-config/value-types';

/** What people are told while they use the product. */
export interface ServiceNotice {
  text: string;
  level: NoticeLevel;
  /** ISO 8601 with a zone; absent: from now on. */
  from?: string;
  /** ISO 8601 with a zone; absent: until it is taken away. */
  until?: string;
}

export const noticeLevels = ['info', 'maintenance', 'outage'] as const;
export type NoticeLevel = (typeof noticeLevels)[number];

const words = text(300);
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;
const keys = new Set(['text', 'level', 'from', 'until']);

const noticeType: ValueType<ServiceNotice> = {
  describe:
    'an object {"text": up to 300 characters, "level": "info", "maintenance" or "outage"}, with "from" and "until" (ISO 8601 with a zone) where it shall not be shown at once or for good',
  read: (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const notice = value as Record<keyof ServiceNotice, unknown>;
    const isSound =
      Object.keys(notice).every((key) => keys.has(key)) &&
      words.read(notice.text) !== undefined &&
      noticeLevels.some((level) => level === notice.level) &&
      [notice.from, notice.until].every(isInstant) &&
      !(timeOf(notice.from, -Infinity) >= timeOf(notice.until, Infinity));
    return isSound ? (value as ServiceNotice) : undefined;
  },
};

/** What the service has to say to everybody: planned work, an outage, news. */
export const serviceNotice = defineSetting<ServiceNotice | null>({
  key: 'service.notice',
  doc: 'A banner for everybody, in the console and at GET /api/status: planned maintenance, an outage, news. null shows none.',
  type: orNull(noticeType),
  fallback: null,
});

/** The notice if it is to be shown at that time (ms since 1970), else null. */
export function shownAt(notice: ServiceNotice | null, now: number): ServiceNotice | null {
  if (!notice) return null;
  return timeOf(notice.from, -Infinity) <= now && now < timeOf(notice.until, Infinity) ? notice : null;
}

function isInstant(value: unknown): boolean {
  if (value === undefined) return true;
  return typeof value === 'string' && instant.test(value) && !Number.isNaN(Date.parse(value));
}

function timeOf(value: unknown, otherwise: number): number {
  return typeof value === 'string' ? Date.parse(value) : otherwise;
}
