import { until } from '../../sandbox/demo/journey';
import type { TestApp } from './app';

/** Waits until every event is relayed, and expects that no invariant of the ledger is broken then. */
export async function expectRightBooks({ sql }: Pick<TestApp, 'sql'>): Promise<void> {
  const unsent = 'select from outbox_messages where published_at is null and dead_at is null';
  await until(async () => (await sql(unsent)).length === 0, 'the outbox');
  expect(await sql('select * from ledger_violations')).toEqual([]);
}
