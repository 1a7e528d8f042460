import Anthropic from '@anthropic-ai/sdk';
import { type RunningEmulator, startEmulator } from '../emulator/emulator';
import { anthropicEmulator } from './anthropic-emulator';
import { budgetMail, control, mailPrompt, sdkFor, summaryOf, summaryRequest, textOf } from './testing';

describe('messages', () => {
  const definition = anthropicEmulator();
  let emulator: RunningEmulator;
  let client: Anthropic;
  const ask = (more: Partial<Anthropic.MessageCreateParamsNonStreaming> = {}, text = budgetMail) =>
    client.messages.create(summaryRequest(mailPrompt(text), more));

  beforeAll(async () => {
    emulator = await startEmulator(definition);
    client = sdkFor(emulator);
  });
  beforeEach(() => definition.reset());
  afterAll(() => emulator.close());

  it('summarises the mail with its own sentences, in the asked-for schema', async () => {
    const summary = summaryOf(await ask());
    expect(summary).toMatchObject({
      headline: 'Budget draft for the spring project',
      action_items: [{ task: 'Please send me the travel numbers by Friday.', due_date: '2026-03-06' }],
      category: 'work',
      language: 'en',
    });
    expect(summary.people[0]).toEqual({ name: 'Anna Berg', role: null });
    for (const point of summary.key_points) expect(budgetMail).toContain(point);
  });

  it('answers the same mail with the same words, whatever the boundary', async () => {
    const other = client.messages.create(summaryRequest(mailPrompt(budgetMail, '<<<c0ffee99>>>')));
    expect(summaryOf(await other)).toEqual(summaryOf(await ask()));
  });

  it('says in its model name that it is the sandbox', async () => {
    expect((await ask()).model).toBe('claude-haiku-5-5-sandbox');
    expect((await ask({ model: 'claude-haiku-4-5' })).model).toBe('claude-haiku-4-5-sandbox');
  });

  it('thinks before some mails, so that the text is not always the first block', async () => {
    const firsts = new Set<string | undefined>();
    for (let index = 0; index < 12; index += 1) {
      const message = await ask({}, `${budgetMail}\nNumber ${index} of the list.`);
      firsts.add(message.content[0]?.type);
      expect(message.content.at(-1)?.type).toBe('text');
    }
    expect([...firsts].sort()).toEqual(['text', 'thinking']);
    const quiet = await ask({ thinking: { type: 'disabled' } });
    expect(quiet.content).toHaveLength(1);
  });

  it('streams the same message as it answers whole', async () => {
    for (const text of [budgetMail, `${budgetMail}\nPS: 🎉 and ünïcode.`, `${budgetMail}\nPS: one more.`]) {
      const whole = await ask({}, text);
      const streamed = await client.messages.stream(summaryRequest(mailPrompt(text))).finalMessage();
      expect(streamed.content.map(({ type }) => type)).toEqual(whole.content.map(({ type }) => type));
      expect(textOf(streamed)).toBe(textOf(whole));
      expect(streamed).toMatchObject({
        stop_reason: 'end_turn',
        model: whole.model,
        usage: { output_tokens: whole.usage.output_tokens },
      });
    }
  });

  it('stops at max_tokens and bills no more than that', async () => {
    const message = await ask({ max_tokens: 60 });
    expect(message.stop_reason).toBe('max_tokens');
    expect(message.usage.output_tokens).toBe(60);
    expect(() => summaryOf(message)).toThrow();
  });

  it('stops at a stop sequence', async () => {
    const message = await ask({ output_config: undefined, stop_sequences: ['travel'] });
    expect(message).toMatchObject({ stop_reason: 'stop_sequence', stop_sequence: 'travel' });
    expect(textOf(message)).not.toContain('travel');
  });

  it('fills the input of a forced tool', async () => {
    const input_schema = {
      type: 'object' as const,
      properties: { title: { type: 'string' } },
      required: ['title'],
    };
    const message = await ask({
      output_config: undefined,
      tools: [{ name: 'store', input_schema }],
      tool_choice: { type: 'tool', name: 'store' },
    });
    expect(message.stop_reason).toBe('tool_use');
    const input = { title: 'Budget draft for the spring project' };
    expect(message.content.at(-1)).toMatchObject({ type: 'tool_use', name: 'store', input });
  });

  it('reads the mail of an earlier turn when a repair follows it', async () => {
    const first = await ask();
    const repaired = await ask({
      messages: [
        { role: 'user', content: mailPrompt(budgetMail) },
        { role: 'assistant', content: '{}' },
        { role: 'user', content: 'That did not fit the schema: headline is missing. Answer again.' },
      ],
    });
    expect(summaryOf(repaired)).toEqual(summaryOf(first));
    const state = await control<{ calls: number; distinctMails: number }>(emulator, 'state');
    expect(state).toMatchObject({ calls: 2, distinctMails: 1 });
  });

  it('counts calls and answers for each mail', async () => {
    await ask();
    await ask();
    await ask({}, 'Another mail that has quite another text in it.');
    const state = await control<{ mails: Record<string, object> }>(emulator, 'state');
    expect(state).toMatchObject({ calls: 3, answered: 3, distinctMails: 2 });
    expect(Object.values(state.mails)).toContainEqual(expect.objectContaining({ calls: 2, answered: 2 }));
  });

  it('counts tokens as it bills them', async () => {
    const { model, messages } = summaryRequest(mailPrompt(budgetMail));
    const counted = await client.messages.countTokens({ model, messages });
    expect(counted.input_tokens).toBe((await ask()).usage.input_tokens);
  });

  it('lists and finds its models', async () => {
    const ids: string[] = [];
    for await (const model of client.models.list({ limit: 2 })) ids.push(model.id);
    expect(ids).toContain('claude-haiku-4-5-20251001');
    expect(ids).toHaveLength(4);
    expect((await client.models.retrieve('claude-haiku-5-5')).display_name).toBe('Claude Haiku 5.5');
    await expect(client.models.retrieve('gpt-1')).rejects.toBeInstanceOf(Anthropic.NotFoundError);
  });
});
