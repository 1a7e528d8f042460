import { type Inputs, useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Page } from './sdk.ts';

export interface Loaded<T> {
  data: T | undefined;
  error: unknown;
  isLoading: boolean;
  reload: () => void;
  set: (data: T) => void;
}

/** Loads when it appears and when an input changes; an answer that comes too late is thrown away. */
export function useLoad<T>(load: (signal: AbortSignal) => PromiseLike<T>, inputs: Inputs): Loaded<T> {
  const [state, setState] = useState<{ data?: T; error?: unknown; isLoading: boolean }>({ isLoading: true });
  const [round, setRound] = useState(0);
  useEffect(() => {
    const left = new AbortController();
    const settle = (next: { data?: T; error?: unknown }) => {
      if (!left.signal.aborted)
        setState((before) => ({ ...before, error: undefined, ...next, isLoading: false }));
    };
    setState((before) => ({ ...before, isLoading: true }));
    load(left.signal).then(
      (data) => settle({ data }),
      (error: unknown) => settle({ error }),
    );
    return () => left.abort();
  }, [...inputs, round]);
  return {
    data: state.data,
    error: state.error,
    isLoading: state.isLoading,
    reload: useCallback(() => setRound((before) => before + 1), []),
    set: useCallback((data: T) => setState({ data, isLoading: false }), []),
  };
}

export interface Action<A extends unknown[]> {
  run(...args: A): Promise<void>;
  isBusy: boolean;
  error: unknown;
  /** What failed is of no interest any more. */
  forget: () => void;
}

/** Something a person does: one at a time, with its failure kept for showing. */
export function useAction<A extends unknown[]>(act: (...args: A) => Promise<void>): Action<A> {
  const [state, setState] = useState<{ isBusy: boolean; error?: unknown }>({ isBusy: false });
  const busy = useRef(false);
  const run = async (...args: A): Promise<void> => {
    if (busy.current) return;
    busy.current = true;
    setState({ isBusy: true });
    try {
      await act(...args);
      setState({ isBusy: false });
    } catch (error) {
      setState({ isBusy: false, error });
    } finally {
      busy.current = false;
    }
  };
  return { run, isBusy: state.isBusy, error: state.error, forget: () => setState({ isBusy: busy.current }) };
}

export interface Listed<T> extends Omit<Loaded<Page<T>>, 'data' | 'set'> {
  /** Of every page that was asked for; undefined until the first has come. */
  items: T[] | undefined;
  hasMore: boolean;
  more: Action<[]>;
}

/** A list that grows by a page at a time, and starts anew when an input changes. */
export function usePages<T>(
  ask: (at: { cursor?: string }, options: { signal?: AbortSignal }) => PromiseLike<Page<T>>,
  inputs: Inputs,
): Listed<T> {
  const { data: first, error, isLoading, reload } = useLoad((signal) => ask({}, { signal }), inputs);
  const [later, setLater] = useState<{ of: Page<T>; page: Page<T> }>();
  // What was appended to another first page is no part of this list.
  const tail = later && later.of === first ? later.page : undefined;
  const cursor = (tail ?? first)?.nextCursor ?? undefined;
  const more = useAction(async () => {
    if (!first || cursor === undefined) return;
    const page = await ask({ cursor }, {});
    setLater({ of: first, page: { ...page, data: [...(tail?.data ?? []), ...page.data] } });
  });
  const items = first && [...first.data, ...(tail?.data ?? [])];
  return { items, hasMore: cursor !== undefined, more, error, isLoading, reload };
}
