import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alerts, dashboardExpressions, metricsIn } from '../support/observability-files';

const operations = readFileSync(join(__dirname, '..', '..', 'docs', 'operations.md'), 'utf8');
const sections = operations.split(/^### /m).slice(1);

describe('the alerts and the dashboard', () => {
  it('are there, and each of their expressions asks for something', () => {
    expect(alerts().length).toBeGreaterThan(10);
    expect(dashboardExpressions().length).toBeGreaterThan(20);
    for (const expression of [...alerts().map(({ expr }) => expr), ...dashboardExpressions()])
      expect(metricsIn(expression)).not.toEqual([]);
  });

  // Mutants: an alert whose section was forgotten; a section whose alert is gone.
  it('each alert has a runbook that says what is seen, where to look and how to mend it', () => {
    const runbooks = sections.filter((section) => section.startsWith('Inbrief'));
    expect(runbooks.map((section) => section.split('\n', 1)[0])).toEqual(alerts().map(({ alert }) => alert));
    for (const runbook of runbooks)
      for (const part of ['**Symptom.**', '**Look.**', '**Mend.**']) expect(runbook).toContain(part);
    for (const { alert, annotations } of alerts())
      expect(annotations.runbook).toBe(`docs/operations.md#${alert.toLowerCase()}`);
  });
});
