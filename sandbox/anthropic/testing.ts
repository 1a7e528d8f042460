import Anthropic from '@anthropic-ai/sdk';
import { type RunningEmulator } from '../emulator/emulator';

/** The vendor's own SDK, pointed at a running emulator, with its retries off. */
export const sdkFor = (emulator: RunningEmulator, timeoutMs = 10_000): Anthropic =>
  new Anthropic({ baseURL: emulator.url, apiKey: 'sk-ant-sandbox', maxRetries: 0, timeout: timeoutMs });

/** Calls the control endpoint and answers its JSON. Throws when it refuses. */
export async function control<T = unknown>(
  emulator: RunningEmulator,
  path: string,
  body?: object,
): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  const init = body ? { method: 'POST', headers, body: JSON.stringify(body) } : {};
  const response = await fetch(`${emulator.url}/__control/${path}`, init);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

const text = { type: 'string' };
const textOrNull = { anyOf: [text, { type: 'null' }] };
const strict = (properties: Record<string, object>) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

/** A schema such as a summariser asks for. */
export const summarySchema = strict({
  headline: text,
  summary: text,
  key_points: { type: 'array', items: text },
  action_items: { type: 'array', items: strict({ task: text, due_date: textOrNull }) },
  category: { enum: ['work', 'personal', 'newsletter', 'other'] },
  urgency: { enum: ['low', 'normal', 'high', 'critical'] },
  people: { type: 'array', items: strict({ name: text, role: textOrNull }) },
  language: text,
  confidence: { type: 'number' },
});

export interface TestSummary {
  headline: string;
  summary: string;
  key_points: string[];
  action_items: { task: string; due_date: string | null }[];
  category: string;
  urgency: string;
  people: { name: string; role: string | null }[];
  language: string;
  confidence: number;
}

/** A prompt with a mail between boundary lines. */
export const mailPrompt = (text: string, boundary = '===== MAIL 8f2c11d0 ====='): string =>
  `Summarise the mail between the marks.\n${boundary}\n${text}\n${boundary}`;

export const budgetMail = `From: Anna Berg <anna@example.com>
Subject: Re: Budget draft for the spring project
Date: Mon, 02 Mar 2026 09:00:00 +0000

Hi Tom,
the draft of the spring budget is ready and I need your numbers for the travel section.
Please send me the travel numbers by Friday.
The client wants to see the whole budget in April.
Best regards,
Anna Berg`;

/** A request for the summary of a prompt, as the application makes it. */
export const summaryRequest = (
  content: string,
  more: Partial<Anthropic.MessageCreateParamsNonStreaming> = {},
): Anthropic.MessageCreateParamsNonStreaming => ({
  model: 'claude-haiku-5-5',
  max_tokens: 2_000,
  messages: [{ role: 'user', content }],
  output_config: { format: { type: 'json_schema', schema: summarySchema } },
  ...more,
});

export const textOf = (message: Anthropic.Message): string =>
  message.content.map((block) => (block.type === 'text' ? block.text : '')).join('');

export const summaryOf = (message: Anthropic.Message): TestSummary =>
  JSON.parse(textOf(message)) as TestSummary;
