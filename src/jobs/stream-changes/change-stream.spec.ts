import { once } from 'node:events';
import { beginningOf } from './change-position';
import { ChangeStream } from './change-stream';

describe('a stream of changes', () => {
  const openOne = () => new ChangeStream('s', { userId: 'u', sessionId: 'x' }, beginningOf('1'));
  const event = { type: 'job' as const, data: { text: 'x'.repeat(10_000) }, id: '7' };

  const fill = (stream: ChangeStream) => {
    for (let told = 0; stream.listens && told < 100; told += 1) stream.tell(event);
  };

  it('writes events as a browser reads them', async () => {
    const stream = openOne();
    stream.tell({ type: 'run', data: { a: 'two\nlines' }, id: '7' });
    stream.beat();
    stream.finish('superseded');
    expect(Buffer.concat((await stream.toArray()) as Buffer[]).toString()).toBe(
      'retry: 2000\nid: 7\nevent: run\ndata: {"a":"two\\nlines"}\n\n: beat\n\nevent: end\ndata: {"reason":"superseded"}\n\n',
    );
  });

  // Mutant: telling on while nobody reads: the process would keep in memory what a slow reader has not taken.
  it('wants nothing more while its reader does not read, and wants it again afterwards', async () => {
    const stream = openOne();
    fill(stream);
    expect(stream.readableLength).toBeLessThan(100_000);
    stream.resume();
    await once(stream, 'data');
    await new Promise(setImmediate);
    expect(stream.listens).toBe(true);
    stream.destroy();
  });

  // Mutant: a reader that went away without a word keeps its stream for ever.
  it('gives a reader up that took nothing between two beats', async () => {
    const stream = openOne();
    fill(stream);
    stream.beat();
    expect(stream.destroyed).toBe(false);
    stream.beat();
    expect(stream.destroyed).toBe(true);
    await once(stream, 'close');
    stream.tell(event);
    expect(stream.listens).toBe(false);
  });
});
