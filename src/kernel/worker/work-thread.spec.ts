import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WorkThread } from './work-thread';

/** Answers with its thread's number, or does what nobody should. */
const source = `
const { parentPort, threadId } = require('node:worker_threads');
const work = {
  answer: () => parentPort.postMessage(threadId),
  throw: () => { throw new Error('poison'); },
  exit: () => process.exit(7),
  hang: () => { for (;;); },
  grow: () => { const all = []; for (;;) all.push(new Array(1e5).fill(all)); },
};
parentPort.on('message', (name) => work[name]());
`;

describe('a work thread', () => {
  const folder = mkdtempSync(join(tmpdir(), 'work-thread-'));
  const program = join(folder, 'program.cjs');
  const threads: WorkThread<string, number>[] = [];
  const open = (limits: { limitMs?: number; idleMs?: number } = {}) => {
    const memory = { maxOldGenerationSizeMb: 32 };
    const thread = new WorkThread<string, number>({
      program,
      limitMs: 60_000,
      idleMs: 60_000,
      memory,
      ...limits,
    });
    threads.push(thread);
    return thread;
  };
  beforeAll(() => writeFileSync(program, source));
  afterEach(() => Promise.all(threads.splice(0).map((thread) => thread.close())));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('does all work in one thread that is not the asker’s', async () => {
    const thread = open();
    const [first, ...others] = await Promise.all(
      ['answer', 'answer', 'answer'].map((one) => thread.run(one)),
    );
    expect(first).toBeGreaterThan(0);
    expect(others).toEqual([first, first]);
  });

  // Mutants: no listener for the end of the thread (hangs); none for its error (ends the process).
  it.each([
    ['throws', 'throw', 'died: poison'],
    ['ends its thread', 'exit', 'ended with 7'],
    ['needs too much memory', 'grow', 'memory'],
  ])('rejects what %s, and does the next work in another thread', async (_name, poison, message) => {
    const thread = open();
    const before = await thread.run('answer');
    const [bad, next] = await Promise.allSettled([thread.run(poison), thread.run('answer')]);
    expect(bad).toMatchObject({
      status: 'rejected',
      reason: { message: expect.stringContaining(message) as string },
    });
    expect(next.status).toBe('fulfilled');
    expect(await thread.run('answer')).not.toBe(before);
  });

  // Mutants: no limit (hangs); a limit that counts from the asking (the one behind it is rejected as well).
  it('rejects what takes longer than its limit; the time before it does not count for the next', async () => {
    const thread = open({ limitMs: 2_500 });
    const [bad, next] = await Promise.allSettled([thread.run('hang'), thread.run('answer')]);
    expect(bad).toMatchObject({
      status: 'rejected',
      reason: { message: 'The thread took longer than 2500 ms' },
    });
    expect(next.status).toBe('fulfilled');
  });

  // Mutant: a close that waits for the work, or forgets those that wait.
  it('rejects everyone when it is closed, whatever it is in', async () => {
    const thread = open();
    const asked = Promise.allSettled([thread.run('hang'), thread.run('answer')]);
    await thread.close();
    expect((await asked).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(thread.run('answer')).rejects.toThrow('closed');
  });

  // Mutant: a thread that stays.
  it('ends when there was no work for a while', async () => {
    const thread = open({ idleMs: 20 });
    const before = await thread.run('answer');
    await sleep(200);
    expect(await thread.run('answer')).not.toBe(before);
  });
});
