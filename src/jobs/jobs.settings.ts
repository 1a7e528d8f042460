import { defineSetting } from '../kernel/system-config/setting';
import { flag, orNull, whole } from '../kernel/system-config/value-types';

/** The kill switch for all workers at once. `ENABLE_BACKGROUND_PROCESSING` is for one process, as it starts. */
export const processingEnabled = defineSetting({
  key: 'processing.enabled',
  doc: 'Whether workers take new work. false starts no mail and no sync; what runs ends, what waits keeps its place and its held credit.',
  type: flag,
  fallback: true,
});

export const perUserConcurrency = defineSetting({
  key: 'processing.perUserConcurrency',
  doc: "One user's mails that may be handed to the queue or under way at once, over all workers; null sets no bound.",
  type: orNull(whole(1, 1_000)),
  fallback: null,
});

export const dispatchWindow = defineSetting({
  key: 'dispatch.window',
  doc: 'Mails handed to BullMQ and not yet started, over all workers; below 100.',
  type: whole(1, 99),
  fallback: 60,
});

export const syncEveryMinutes = defineSetting({
  key: 'sync.everyMinutes',
  doc: 'Minutes after which a mailbox is read again though no push came for it.',
  type: whole(5, 1_440),
  fallback: 60,
});

export const overnightEnabled = defineSetting({
  key: 'overnight.enabled',
  doc: "Whether mails that may wait go through the model's batches, at half the price. false summarises every mail at once: for an account with zero data retention, which batches do not have.",
  type: flag,
  fallback: true,
});

export const overnightAfterMails = defineSetting({
  key: 'overnight.afterMails',
  doc: 'Mails of one sync that are summarised at once, newest first, where its caller names no lane; those beyond are summarised overnight.',
  type: whole(0, 1_000_000),
  fallback: 1_000,
});
