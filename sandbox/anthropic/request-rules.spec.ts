import Anthropic from '@anthropic-ai/sdk';
import { type RunningEmulator, startEmulator } from '../emulator/emulator';
import { anthropicEmulator } from './anthropic-emulator';
import { budgetMail, control, mailPrompt, sdkFor, summaryRequest } from './testing';

type Params = Anthropic.MessageCreateParamsNonStreaming;

describe('refused requests', () => {
  const definition = anthropicEmulator({ apiKeys: ['sk-ant-sandbox'] });
  let emulator: RunningEmulator;
  let client: Anthropic;
  const prompt = mailPrompt(budgetMail);
  const failure = async (more: object): Promise<unknown> =>
    client.messages.create(summaryRequest(prompt, more as Partial<Params>)).catch((error: unknown) => error);

  beforeAll(async () => {
    emulator = await startEmulator(definition);
    client = sdkFor(emulator);
  });
  afterAll(() => emulator.close());

  const object = (properties: object, more: object = {}) => ({
    output_config: {
      format: {
        type: 'json_schema',
        schema: { type: 'object', properties, additionalProperties: false, ...more },
      },
    },
  });

  it.each<[string, object]>([
    ['a temperature on a model without sampling', { temperature: 0.2 }],
    ['top_p', { top_p: 0.5 }],
    ['top_k', { top_k: 5 }],
    ['budget_tokens', { thinking: { type: 'enabled', budget_tokens: 2_000 } }],
    [
      'a prefill',
      {
        messages: [
          { role: 'user', content: prompt },
          { role: 'assistant', content: '{' },
        ],
      },
    ],
    ['more tokens than the model has', { max_tokens: 1_000_000 }],
    ['no messages', { messages: [] }],
    ['an empty message', { messages: [{ role: 'user', content: '  ' }] }],
    ['an unknown field', { temprature: 1 }],
    ['an unknown effort', { output_config: { effort: 'heroic' } }],
    [
      'a schema without additionalProperties',
      { output_config: { format: { type: 'json_schema', schema: { type: 'object' } } } },
    ],
    ['a length limit in the schema', object({ a: { type: 'string', maxLength: 5 } })],
    ['a range in the schema', object({ a: { type: 'number', minimum: 0 } })],
    ['a required property that is none', object({ a: { type: 'string' } }, { required: ['b'] })],
    [
      'a recursive schema',
      object({ a: { $ref: '#/$defs/n' } }, { $defs: { n: { anyOf: [{ $ref: '#/$defs/n' }] } } }),
    ],
    ['a prompt beyond the window', { messages: [{ role: 'user', content: 'word '.repeat(200_000) }] }],
    [
      'more than four cache marks',
      {
        system: Array.from({ length: 5 }, (_, index) => ({
          type: 'text',
          text: `part ${index}`,
          cache_control: { type: 'ephemeral' },
        })),
      },
    ],
  ])('answers 400 to %s', async (_name, more) => {
    const error = await failure(more);
    expect(error).toBeInstanceOf(Anthropic.BadRequestError);
    expect(error).toMatchObject({ status: 400, type: 'invalid_request_error' });
  });

  it('lets older models sample and be prefilled', async () => {
    const messages: Params['messages'] = [
      { role: 'user', content: prompt },
      { role: 'assistant', content: 'The' },
    ];
    const params = { model: 'claude-haiku-4-5', messages, output_config: undefined };
    const message = await client.messages.create(summaryRequest(prompt, { ...params }));
    expect(message.stop_reason).toBe('end_turn');
  });

  it('answers 404 to an unknown model', async () => {
    expect(await failure({ model: 'claude-haiku-9' })).toBeInstanceOf(Anthropic.NotFoundError);
  });

  it('answers 401 to a wrong key, and counts nothing', async () => {
    definition.reset();
    const stranger = new Anthropic({ baseURL: emulator.url, apiKey: 'sk-ant-wrong', maxRetries: 0 });
    const error = await stranger.messages.create(summaryRequest(prompt)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Anthropic.AuthenticationError);
    expect(await control(emulator, 'state')).toMatchObject({ calls: 0 });
  });

  it('answers 413 to a body beyond 32 MB', async () => {
    const error = await failure({ messages: [{ role: 'user', content: 'x'.repeat(33 * 1024 * 1024) }] });
    expect(error).toMatchObject({ status: 413 });
  });

  it('carries the request id in header and body', async () => {
    const error = (await failure({ max_tokens: -1 })) as InstanceType<typeof Anthropic.APIError>;
    expect(error.requestID).toMatch(/^req_/);
    expect(error.error).toMatchObject({ type: 'error', request_id: error.requestID });
  });

  it('limits calls per minute and says when to come back', async () => {
    definition.reset();
    await control(emulator, 'limits', { requestsPerMinute: 1 });
    await client.messages.create(summaryRequest(prompt));
    const error = (await failure({})) as InstanceType<typeof Anthropic.RateLimitError>;
    expect(error.status).toBe(429);
    expect(Number(error.headers.get('retry-after'))).toBeGreaterThan(0);
    definition.reset();
  });
});
