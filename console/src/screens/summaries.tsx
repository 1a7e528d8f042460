import { capital, plural, textOf } from '../format.ts';
import { usePages } from '../hooks.ts';
import { Title } from '../parts/shell.tsx';
import { SummaryList } from '../parts/summary-list.tsx';
import { Button, Empty, Failure, Loading, More, Select } from '../parts/ui.tsx';
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
    ...(query.get('unread') && { unread: true }),
    ...(query.get('urgency') && { urgency: query.get('urgency') as Summary['urgency'] }),
  };
  const list = usePages((page, options) => inbrief.summaries.list({ ...asked, ...page }, options), [key]);
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
  const shown = list.items;
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
        <label class="tick">
          <input
            type="checkbox"
            checked={query.has('unread')}
            onChange={(event) => set('unread', event.currentTarget.checked ? 'yes' : '')}
          />{' '}
          Unread
        </label>
        <Button look="main" type="submit">
          Search
        </Button>
      </form>
      <Failure error={list.error} onRetry={list.reload} />
      {list.isLoading && !shown && <Loading lines={6} />}
      {shown && (
        <section class="card" aria-label="Results" aria-busy={list.isLoading} tabIndex={-1}>
          <p class="unseen" role="status">{`${plural(shown.length, 'summary', 'summaries')} shown`}</p>
          {shown.length === 0 ? (
            <Empty title={key ? 'Nothing fits' : 'No summaries yet'}>
              <p>
                {key ? 'Try fewer words, or any category.' : 'They appear here as soon as mail was read.'}
              </p>
            </Empty>
          ) : (
            <SummaryList summaries={shown} />
          )}
          <More of={list} />
        </section>
      )}
    </>
  );
}
