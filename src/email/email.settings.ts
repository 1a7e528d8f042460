import { defineSetting } from '../kernel/system-config/setting';
import { orNull, whole } from '../kernel/system-config/value-types';

const micros = orNull(whole(1, 1e12));

export const dailySpendCap = defineSetting({
  key: 'llm.dailySpendCapMicros',
  doc: 'Millionths of a dollar that all summaries of a day (UTC) may cost; work waits for the next day. null means no cap.',
  type: micros,
  fallback: null,
});

export const userDailySpendCap = defineSetting({
  key: 'llm.userDailySpendCapMicros',
  doc: "Millionths of a dollar that one user's summaries of a day (UTC) may cost. null means no cap.",
  type: micros,
  fallback: null,
});
