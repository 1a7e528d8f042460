import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const folder = join(__dirname, '..', '..', 'deploy', 'observability');

export interface Alert {
  alert: string;
  expr: string;
  annotations: { summary: string; runbook: string };
}

/** The alerts as Prometheus reads them. */
export function alerts(): Alert[] {
  const { groups } = parse(readFileSync(join(folder, 'alerts.yaml'), 'utf8')) as {
    groups: { rules: Alert[] }[];
  };
  return groups.flatMap(({ rules }) => rules);
}

/** The expressions of the dashboard's panels. */
export function dashboardExpressions(): string[] {
  const { panels } = JSON.parse(readFileSync(join(folder, 'dashboard.json'), 'utf8')) as {
    panels: { targets?: { expr: string }[] }[];
  };
  return panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
}

/** The metrics that an expression names; ours and Node's begin with these words. */
export function metricsIn(expression: string): string[] {
  return expression.match(/\b(inbrief|nodejs|process)_[a-z0-9_]+/g) ?? [];
}
