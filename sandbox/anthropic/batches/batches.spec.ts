import type Anthropic from '@anthropic-ai/sdk';
import { type RunningEmulator, startEmulator } from '../../emulator/emulator';
import { anthropicEmulator } from '../anthropic-emulator';
import { control, mailPrompt, sdkFor, summaryOf, summaryRequest } from '../testing';

describe('message batches', () => {
  const definition = anthropicEmulator({ batchEndsAfterMs: 20 });
  let emulator: RunningEmulator;
  let client: Anthropic;
  const requests = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      custom_id: `mail-${index}`,
      params: summaryRequest(mailPrompt(`The meeting number ${index} is moved to the big room.`)),
    }));
  const ended = async (id: string): Promise<Anthropic.Messages.MessageBatch> => {
    for (;;) {
      const batch = await client.messages.batches.retrieve(id);
      if (batch.processing_status === 'ended') return batch;
      await new Promise((wake) => setTimeout(wake, 10));
    }
  };
  const resultsOf = async (id: string) => {
    const results = new Map<string, Anthropic.Messages.MessageBatchResult>();
    for await (const { custom_id, result } of await client.messages.batches.results(id))
      results.set(custom_id, result);
    return results;
  };

  beforeAll(async () => {
    emulator = await startEmulator(definition);
    client = sdkFor(emulator);
  });
  beforeEach(() => definition.reset());
  afterAll(() => emulator.close());

  it('works through a batch and gives its results by custom_id, in another order', async () => {
    const batch = await client.messages.batches.create({ requests: requests(50) });
    expect(batch).toMatchObject({
      processing_status: 'in_progress',
      results_url: null,
      request_counts: { processing: 50 },
    });
    expect((await ended(batch.id)).request_counts).toMatchObject({ processing: 0, succeeded: 50 });
    const results = await resultsOf(batch.id);
    expect([...results.keys()][0]).not.toBe('mail-0');
    const result = results.get('mail-7');
    if (result?.type !== 'succeeded') throw new Error('mail-7 did not succeed');
    expect(summaryOf(result.message).summary).toContain('meeting number 7');
    expect(result.message.usage.service_tier).toBe('batch');
  });

  it('says what is wrong with an item only in its result', async () => {
    const [good, bad] = requests(2);
    if (!good || !bad) throw new Error('two requests');
    const broken = { ...bad, params: { ...bad.params, temperature: 0.5 } };
    const batch = await client.messages.batches.create({ requests: [good, broken] });
    await ended(batch.id);
    const results = await resultsOf(batch.id);
    expect(results.get('mail-0')?.type).toBe('succeeded');
    expect(results.get('mail-1')).toMatchObject({
      type: 'errored',
      error: { error: { type: 'invalid_request_error' } },
    });
  });

  it('plays scripted answers inside a batch', async () => {
    await control(emulator, 'answers', { kind: 'overloaded', match: 'number 1 ' });
    const batch = await client.messages.batches.create({ requests: requests(3) });
    expect((await ended(batch.id)).request_counts).toMatchObject({ succeeded: 2, errored: 1 });
  });

  it('lets part of a batch expire', async () => {
    await control(emulator, 'batches', { outcome: 'expired', share: 0.5 });
    const batch = await client.messages.batches.create({ requests: requests(40) });
    const { request_counts: counts } = await ended(batch.id);
    expect(counts.expired).toBeGreaterThan(5);
    expect(counts.expired + counts.succeeded).toBe(40);
  });

  it('cancels: what had not begun is canceled', async () => {
    await control(emulator, 'batches', { endsAfterMs: null });
    const batch = await client.messages.batches.create({ requests: requests(3) });
    expect((await client.messages.batches.cancel(batch.id)).processing_status).toBe('canceling');
    expect((await ended(batch.id)).request_counts.canceled).toBe(3);
  });

  it('waits for the control endpoint when told to', async () => {
    await control(emulator, 'batches', { endsAfterMs: null });
    const batch = await client.messages.batches.create({ requests: requests(2) });
    await new Promise((wake) => setTimeout(wake, 60));
    expect((await client.messages.batches.retrieve(batch.id)).processing_status).toBe('in_progress');
    await control(emulator, `batches/${batch.id}/end`, { outcome: 'errored' });
    expect((await ended(batch.id)).request_counts.errored).toBe(2);
  });

  // A lost submit answer must be findable, or the application would pay for the same mails twice.
  it('keeps a batch whose submit answer was lost', async () => {
    emulator.faults.add({ action: 'drop-after', method: 'POST', path: '/batches$' });
    await expect(client.messages.batches.create({ requests: requests(2) })).rejects.toThrow();
    const { data } = await client.messages.batches.list();
    expect(data).toHaveLength(1);
    await ended(data[0]?.id ?? '');
    expect((await resultsOf(data[0]?.id ?? '')).size).toBe(2);
  });

  it('lists newest first, page by page', async () => {
    const made: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      made.push((await client.messages.batches.create({ requests: requests(1) })).id);
    }
    const listed: string[] = [];
    for await (const batch of client.messages.batches.list({ limit: 2 })) listed.push(batch.id);
    expect(listed).toEqual(made.reverse());
  });

  it('deletes only what has ended', async () => {
    const batch = await client.messages.batches.create({ requests: requests(1) });
    await expect(client.messages.batches.delete(batch.id)).rejects.toMatchObject({ status: 400 });
    await ended(batch.id);
    await client.messages.batches.delete(batch.id);
    await expect(client.messages.batches.retrieve(batch.id)).rejects.toMatchObject({ status: 404 });
  });

  it('refuses bad or doubled names', async () => {
    const [first] = requests(1);
    if (!first) throw new Error('one request');
    const create = (items: (typeof first)[]) => client.messages.batches.create({ requests: items });
    await expect(create([first, first])).rejects.toMatchObject({ status: 400 });
    await expect(create([{ ...first, custom_id: 'a b' }])).rejects.toMatchObject({ status: 400 });
    await expect(create([])).rejects.toMatchObject({ status: 400 });
  });
});
