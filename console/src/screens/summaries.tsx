import { useEffect, useState } from 'preact/hooks';
import { capital, textOf } from '../format.ts';
import { useAction, useLoad } from '../hooks.ts';
import { Title } from '../parts/shell.tsx';
import { SummaryList } from '../parts/summary-list.tsx';
import { Button, Empty, Failure, Loading, Select } from '../parts/ui.tsx';
import { refine } from '../router.ts';
import { inbrief, type Summary } from '../sdk.ts';

const categories: Summary['category'][] = [
  ...([
    'calendar',
    'finance',
    'newsletter',
    'notification',
    'other',
    'personal',
    'promotion',
    'receipt',
  ] as const),
  ...(['security', 'shipping', 'social', 'spam', 'support', 'travel', 'work'] as const),
];
const urgencies: Summary['urgency'][] = ['critical', 'high', 'normal', 'low'];
const choices = (all: string, values: string[]): [string, string][] => [
  ['', all],
  ...values.map((value): [string, string] => [value, capital(value)]),
];

export function Summaries({ query }: { query: URLSearchParams }) {
  const key = query.toString();
  const asked = {
    limit: 25,
    ...(query.get('q') && { q: query.get('q') ?? '' }),
    ...(query.get('category') && { category: query.get('category') as Summary['category'] }),
    ...(query.get('urgency') && { urgency: query.get('urgency') as Summary['urgency'] }),
  };
  const first = useLoad((signal) => inbrief.summaries.list(asked, { signal }), [key]);
  const [later, setLater] = useState<{ data: Summary[]; nextCursor: string | null }>();
  useEffect(() => setLater(undefined), [first.data]);
  const nextCursor = later ? later.nextCursor : first.data?.nextCursor;
  const more = useAction(async () => {
    const page = await inbrief.summaries.list({ ...asked, cursor: nextCursor ?? '' });
    setLater({ data: [...(later?.data ?? []), ...page.data], nextCursor: page.nextCursor });
  });
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(query);
    if (value) next.set(name, value);
    else next.delete(name);
    refine(next);
  };
  const onSearch = (event: SubmitEvent) => {
    event.preventDefault();
    set('q', textOf(new FormData(event.currentTarget as HTMLFormElement), 'q').trim());
  };
  const shown = [...(first.data?.data ?? []), ...(later?.data ?? [])];
  return (
    <>
      <Title text="Summaries" />
      <form class="search" role="search" onSubmit={onSearch}>
        <input
          type="search"
          name="q"
          aria-label="Search in summaries"
          placeholder="Search"
          defaultValue={query.get('q') ?? ''}
          maxLength={200}
        />
        <Select
          label="Category"
          value={query.get('category') ?? ''}
          options={choices('Any category', categories)}
          onPick={(value) => set('category', value)}
        />
        <Select
          label="Urgency"
          value={query.get('urgency') ?? ''}
          options={choices('Any urgency', urgencies)}
          onPick={(value) => set('urgency', value)}
        />
        <Button look="main" type="submit">
          Search
        </Button>
      </form>
      <Failure error={first.error} onRetry={first.reload} />
      {first.isLoading && !first.data && <Loading lines={6} />}
      {first.data && (
        <section class="card" aria-label="Results" aria-busy={first.isLoading}>
          <p class="unseen" role="status">{`${shown.length} summaries shown`}</p>
          {shown.length === 0 ? (
            <Empty title={key ? 'Nothing fits' : 'No summaries yet'}>
              <p>
                {key ? 'Try fewer words, or any category.' : 'They appear here as soon as mail was read.'}
              </p>
            </Empty>
          ) : (
            <SummaryList summaries={shown} />
          )}
          <Failure error={more.error} />
          {nextCursor && (
            <Button busy={more.isBusy} onClick={() => void more.run()}>
              Show more
            </Button>
          )}
        </section>
      )}
    </>
  );
}
