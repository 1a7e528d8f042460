import type { ContentBlock, Message, RawMessageStreamEvent } from '@anthropic-ai/sdk/resources/messages';

/** The server-sent events that tell a message piece by piece, each a complete `event:`/`data:` frame. */
export function* streamFrames(message: Message): Generator<string> {
  for (const event of events(message)) yield frame(event);
}

const frame = (event: { type: string }): string => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;

function* events(message: Message): Generator<RawMessageStreamEvent | { type: 'ping' }> {
  const { usage } = message;
  yield {
    type: 'message_start',
    message: {
      ...message,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      stop_details: null,
      usage: { ...usage, output_tokens: 1 },
    },
  };
  yield { type: 'ping' };
  for (const [index, block] of message.content.entries()) yield* blockEvents(block, index);
  yield {
    type: 'message_delta',
    delta: {
      container: null,
      stop_reason: message.stop_reason,
      stop_sequence: message.stop_sequence,
      stop_details: message.stop_details,
    },
    usage: {
      input_tokens: usage.input_tokens,
      cache_creation_input_tokens: usage.cache_creation_input_tokens,
      cache_read_input_tokens: usage.cache_read_input_tokens,
      output_tokens: usage.output_tokens,
      output_tokens_details: usage.output_tokens_details,
      server_tool_use: null,
    },
  };
  yield { type: 'message_stop' };
}

function* blockEvents(block: ContentBlock, index: number): Generator<RawMessageStreamEvent> {
  if (block.type === 'text') {
    yield { type: 'content_block_start', index, content_block: { ...block, text: '' } };
    for (const text of pieces(block.text)) {
      yield { type: 'content_block_delta', index, delta: { type: 'text_delta', text } };
    }
  }
  if (block.type === 'thinking') {
    yield { type: 'content_block_start', index, content_block: { ...block, thinking: '', signature: '' } };
    for (const thinking of pieces(block.thinking)) {
      yield { type: 'content_block_delta', index, delta: { type: 'thinking_delta', thinking } };
    }
    const { signature } = block;
    yield { type: 'content_block_delta', index, delta: { type: 'signature_delta', signature } };
  }
  if (block.type === 'tool_use') {
    yield { type: 'content_block_start', index, content_block: { ...block, input: {} } };
    for (const partial_json of pieces(JSON.stringify(block.input))) {
      yield { type: 'content_block_delta', index, delta: { type: 'input_json_delta', partial_json } };
    }
  }
  yield { type: 'content_block_stop', index };
}

/** Whole characters only: a surrogate pair must not be torn apart between two frames. */
const pieces = (text: string): string[] => text.match(/[^]{1,40}/gu) ?? [];
