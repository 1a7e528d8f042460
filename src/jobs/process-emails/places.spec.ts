import { setImmediate as turn } from 'node:timers/promises';
import type { EnvDto } from '../../kernel/config/env.dto';
import { Places } from './places';

const placesOf = (size: number): Places => new Places({ WORKER_CONCURRENCY: size } as EnvDto);

/** Notes in which order promises are kept. */
function watch() {
  const kept: string[] = [];
  const note = (name: string, promise: Promise<unknown>): void => void promise.then(() => kept.push(name));
  const seen = async () => {
    await turn();
    return [...kept];
  };
  return { note, seen };
}

describe('the places of a worker', () => {
  // Mutants: a taker that starts with a part of its places; one that goes by whoever came before because it needs fewer.
  it('are taken together, by who came first', async () => {
    const places = placesOf(4);
    const { note, seen } = watch();
    note('three', places.take(3));
    note('two', places.take(2));
    note('one', places.take(1));
    expect(await seen()).toEqual(['three']);
    places.leave(1);
    expect(await seen()).toEqual(['three', 'two']);
    places.leave(2);
    expect(await seen()).toEqual(['three', 'two', 'one']);
  });

  it('are all given to who wants more than there are, once nobody has one', async () => {
    const places = placesOf(2);
    const { note, seen } = watch();
    note('one', places.take(1));
    note('five', places.take(5));
    note('next', places.take(1));
    expect(await seen()).toEqual(['one']);
    places.leave(1);
    expect(await seen()).toEqual(['one', 'five']);
    places.leave(5);
    expect(await seen()).toEqual(['one', 'five', 'next']);
  });

  // Mutant: a close that only keeps out who comes later; a stop would begin mails that were waiting.
  it('let nobody in once they are closed, until they are open again', async () => {
    const places = placesOf(1);
    expect(await places.take(1)).toBe(true);
    const waiting = places.take(1);
    places.close();
    expect(await waiting).toBe(false);
    expect(await places.take(1)).toBe(false);
    places.leave();
    places.open();
    expect(await places.take(1)).toBe(true);
  });

  // Mutant: a stop that asks once; mails under way would be cut off.
  it('are empty when the last has left', async () => {
    const places = placesOf(2);
    const { note, seen } = watch();
    await places.take(2);
    note('empty', places.empty());
    places.leave();
    expect(await seen()).toEqual([]);
    places.leave();
    expect(await seen()).toEqual(['empty']);
    await places.empty();
  });
});
