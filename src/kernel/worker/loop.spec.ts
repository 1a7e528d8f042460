import { setTimeout as sleep } from 'node:timers/promises';
import { Loop } from './loop';
import { WakeUp } from './wake-up';

const never = 60_000;

describe('a loop', () => {
  it('goes on at once while a round says there is more, then waits for a ring', async () => {
    const wakeUp = new WakeUp();
    let rounds = 0;
    const loop = new Loop('Test', () => Promise.resolve(++rounds < 3), never, wakeUp);
    loop.start();
    loop.start();
    await sleep(20);
    expect(rounds).toBe(3);
    wakeUp.ring();
    await sleep(20);
    expect(rounds).toBe(4);
    await loop.stop();
  });

  // Mutant: a loop that answers each ring by a round of its own.
  it('shares a round among rings that come one upon the other, and lets a lone one not wait', async () => {
    const wakeUp = new WakeUp();
    let rounds = 0;
    const loop = new Loop('Test', () => Promise.resolve(++rounds < 0), never, wakeUp, 1_000);
    loop.start();
    for (let rings = 0; rings < 10; rings += 1) {
      wakeUp.ring();
      await sleep(5);
    }
    expect(rounds).toBe(1);
    await loop.stop();
    const bell = new WakeUp();
    const quick = new Loop('Test', () => Promise.resolve(++rounds < 0), never, bell, 5);
    quick.start();
    await sleep(60);
    bell.ring();
    await sleep(0);
    expect(rounds).toBe(3);
    await quick.stop();
  });

  it('is not ended by a round that fails', async () => {
    let rounds = 0;
    const loop = new Loop(
      'Test',
      () => (++rounds === 1 ? Promise.reject(new Error('once')) : Promise.resolve(false)),
      5,
    );
    loop.start();
    for (const deadline = Date.now() + 5_000; rounds < 2 && Date.now() < deadline;) await sleep(5);
    await loop.stop();
    expect(rounds).toBeGreaterThan(1);
  });

  it('stops only when the round under way has ended, and can be started again', async () => {
    let ended = 0;
    const loop = new Loop('Test', () => sleep(30).then(() => ++ended === 0), never);
    loop.start();
    await sleep(5);
    await loop.stop();
    expect(ended).toBe(1);
    loop.start();
    await loop.stop();
    expect(ended).toBe(2);
  });
});

describe('a bell', () => {
  it('keeps one ring that nobody heard', async () => {
    const wakeUp = new WakeUp();
    wakeUp.ring();
    wakeUp.ring();
    const started = Date.now();
    await wakeUp.wait(never);
    expect(Date.now() - started).toBeLessThan(1_000);
    await wakeUp.wait(20);
    expect(Date.now() - started).toBeGreaterThanOrEqual(15);
  });
});
