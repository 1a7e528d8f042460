/** The bodies that the measured routes answer, made of their rows. */
type Row = Record<string, unknown>;

export function balanceBody(row: Row | undefined): Row {
  const none = { available: 0, held: 0, captured: 0, granted: 0, owed: 0 };
  return { ...none, ...row, lots: row?.lots ?? [] };
}

export function summariesBody(rows: Row[], limit: number): Row {
  const data = rows.slice(0, limit).map((row) => {
    const { model, inputTokens, outputTokens, costMicros, cacheReadTokens, cacheWriteTokens, ...rest } = row;
    const {
      feedbackUseful,
      feedbackReason: reason,
      feedbackComment: comment,
      feedbackAt: at,
      ...summary
    } = rest;
    const tokens = Number(inputTokens) + Number(cacheReadTokens) + Number(cacheWriteTokens);
    return {
      ...summary,
      feedback: at ? { useful: feedbackUseful, reason, comment, at } : null,
      cost: { model, inputTokens: tokens, outputTokens, costMicros: Number(costMicros) },
    };
  });
  const last = rows.length > limit ? data.at(-1) : undefined;
  const position = last && JSON.stringify([(last as Row).receivedAt, (last as Row).id]);
  return { data, nextCursor: position ? Buffer.from(position).toString('base64url') : null };
}

interface Group {
  category: string;
  urgency: string;
  total: number;
  today: number;
  week: number;
}

export function dashboardBody(balance: Row | undefined, connections: Row[], overview: Row | undefined): Row {
  const { available, held, captured } = balanceBody(balance);
  const groups = (overview?.summaries ?? []) as Group[];
  const [all, today, week] = [countsOf(groups, 'total'), countsOf(groups, 'today'), countsOf(groups, 'week')];
  return {
    credits: { available, held, captured, expiring: [] },
    connections,
    mails: overview?.mails,
    summaries: {
      timeZone: overview?.timeZone,
      ...all,
      today: today.total,
      week: week.total,
      periods: { today, week },
    },
    usage: overview?.usage,
    runs: overview?.runs,
  };
}

function countsOf(groups: Group[], period: 'total' | 'today' | 'week') {
  const byCategory: Record<string, number> = {};
  const byUrgency: Record<string, number> = {};
  let total = 0;
  for (const { category, urgency, [period]: count } of groups) {
    total += count;
    byCategory[category] = (byCategory[category] ?? 0) + count;
    byUrgency[urgency] = (byUrgency[urgency] ?? 0) + count;
  }
  return { total, byCategory, byUrgency };
}
