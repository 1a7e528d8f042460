import Anthropic from '@anthropic-ai/sdk';
import { type RunningEmulator, startEmulator } from '../emulator/emulator';
import { loadVendorSpec } from '../emulator/vendor-spec';
import { anthropicEmulator } from './anthropic-emulator';

const spec = loadVendorSpec('anthropic/openapi-2026-08.json');

const schema = {
  type: 'object',
  properties: {
    headline: { type: 'string' },
    summary: { type: 'string' },
    key_points: { type: 'array', items: { type: 'string' } },
    action_items: {
      type: 'array',
      items: {
        type: 'object',
        properties: { task: { type: 'string' }, due: { anyOf: [{ type: 'string' }, { type: 'null' }] } },
        required: ['task', 'due'],
        additionalProperties: false,
      },
    },
    category: { enum: ['work', 'personal', 'newsletter', 'other'] },
    urgency: { enum: ['low', 'normal', 'high'] },
    confidence: { type: 'number' },
  },
  required: ['headline', 'summary', 'key_points', 'action_items', 'category', 'urgency', 'confidence'],
  additionalProperties: false,
};
const mail = `Summarise this mail.
<mail-8f2c11>
From: Anna Berg <anna@example.com>
Subject: Re: Budget draft for the spring project
Date: Mon, 02 Mar 2026 09:00:00 +0000

Hi Tom,
the draft of the spring budget is ready and I need your numbers for the travel section.
Please send me the travel numbers by Friday.
The client wants to see the whole budget in April.
Best regards,
Anna Berg
</mail-8f2c11>`;

describe('anthropicEmulator', () => {
  const definition = anthropicEmulator({ batchEndsAfterMs: 10 });
  let emulator: RunningEmulator;
  let client: Anthropic;
  const ask = (content = mail, more: Partial<Anthropic.MessageCreateParamsNonStreaming> = {}) =>
    client.messages.create({
      model: 'claude-haiku-5-5',
      max_tokens: 1_000,
      messages: [{ role: 'user', content }],
      output_config: { format: { type: 'json_schema', schema } },
      ...more,
    });

  beforeAll(async () => {
    emulator = await startEmulator(definition);
    client = new Anthropic({ baseURL: emulator.url, apiKey: 'sk-ant-test', maxRetries: 0 });
  });
  beforeEach(() => definition.reset());
  afterAll(() => emulator.close());

  it('summarises the mail in the asked-for schema', async () => {
    const message = await ask();
    const text = message.content.find((block) => block.type === 'text')?.text ?? '';
    expect(JSON.parse(text)).toMatchObject({
      headline: 'Budget draft for the spring project',
      action_items: [{ due: '2026-03-06' }],
      category: 'work',
    });
    expect(message.model).toBe('claude-haiku-5-5-sandbox');
    if (spec) expect(spec.faults('post', '/v1/messages', 200, message)).toEqual([]);
  });
});
