import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { type Lane, type TokenUsage } from '../../src/email/summariser/price-table';

/** One whole answer of the model, as it went over the wire. */
export interface WireAnswer {
  model: string;
  lane: Lane;
  usage: TokenUsage;
}

interface WireMessage {
  id: string;
  model: string;
  usage: {
    input_tokens: number;
    output_tokens: number;
    cache_read_input_tokens: number | null;
    cache_creation_input_tokens: number | null;
    cache_creation: { ephemeral_1h_input_tokens: number } | null;
  };
}
interface ResultLine {
  result: { type: string; message?: WireMessage };
}

/** Every whole answer that the model gave, each once, seen on the wire and not by what the product says of it. */
export function listenToModel(): { answers: WireAnswer[]; stop(): void } {
  const heard = new Map<string, WireAnswer>();
  const answers: WireAnswer[] = [];
  const note = ({ id, model, usage }: WireMessage, lane: Lane): void => {
    if (heard.has(id)) return;
    const answer = { model: model.replace(/-sandbox$/, ''), lane, usage: usageOf(usage) };
    heard.set(id, answer);
    answers.push(answer);
  };
  const hear = (message: unknown): void => {
    const { request, response } = message as { request: ClientRequest; response: IncomingMessage };
    if (request.path !== '/v1/messages' || response.statusCode !== 200) return;
    const parts: Buffer[] = [];
    response.on('data', (part: Buffer) => parts.push(part));
    // A connection that breaks half-way brings no answer, and no end.
    response.on('end', () => note(JSON.parse(Buffer.concat(parts).toString()) as WireMessage, 'now'));
  };
  const wire = globalThis.fetch;
  const spy = jest.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const answer = await wire(input, init);
    const url = input instanceof Request ? input.url : String(input);
    if (!answer.ok || !url.endsWith('/results')) return answer;
    const lines = (await answer.clone().text()).split('\n').filter(Boolean);
    for (const { result } of lines.map((line) => JSON.parse(line) as ResultLine))
      if (result.message) note(result.message, 'overnight');
    return answer;
  });
  const channel = 'http.client.response.finish';
  subscribe(channel, hear);
  const stop = (): void => {
    unsubscribe(channel, hear);
    spy.mockRestore();
  };
  return { answers, stop };
}

function usageOf(usage: WireMessage['usage']): TokenUsage {
  return {
    input: usage.input_tokens,
    output: usage.output_tokens,
    cacheRead: usage.cache_read_input_tokens ?? 0,
    cacheWrite: usage.cache_creation_input_tokens ?? 0,
    cacheWriteHour: usage.cache_creation?.ephemeral_1h_input_tokens ?? 0,
  };
}
