import { invalidRequest, notFound } from './errors';
import { findModel, type SandboxModel } from './models';
import { type MessagesRequest, promptBlocks } from './request';
import { checkOutputSchema } from './schema-rules';

const knownFields = new Set([
  ...['model', 'messages', 'max_tokens', 'system', 'metadata', 'stop_sequences', 'stream'],
  ...['temperature', 'top_k', 'top_p', 'thinking', 'tools', 'tool_choice', 'output_config', 'cache_control'],
  ...['container', 'inference_geo', 'service_tier', 'diagnostics', 'speed'],
]);
const roles = ['user', 'assistant', 'system'];
const efforts = ['low', 'medium', 'high', 'xhigh', 'max'];
const maxBreakpoints = 4;

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Checks a body as the vendor does and answers it typed, with its model.
 * Throws an `ApiError`: 400 for what no model takes or this one refuses, 404 for a model that is not there.
 */
export function checkRequest(
  body: unknown,
  countsOnly = false,
): { request: MessagesRequest; model: SandboxModel } {
  if (!isObject(body)) throw invalidRequest('The request body is not a JSON object.');
  for (const field of Object.keys(body)) {
    if (!knownFields.has(field)) throw invalidRequest(`${field}: Extra inputs are not permitted`);
  }
  if (typeof body.model !== 'string') throw invalidRequest('model: Field required');
  if (!countsOnly && !isTokenCount(body.max_tokens)) throw invalidRequest('max_tokens: Field required');
  checkMessages(body.messages);
  const model = findModel(body.model);
  if (!model) throw notFound(`model: ${body.model}`);
  const request = body as unknown as MessagesRequest;
  checkForModel(request, model);
  checkOutputConfig(request, model);
  if (promptBlocks(request).filter((block) => block.cacheControl).length > maxBreakpoints) {
    throw invalidRequest(`A maximum of ${maxBreakpoints} blocks with cache_control may be provided.`);
  }
  return { request, model };
}

const isTokenCount = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 0;

function checkMessages(messages: unknown): void {
  if (!Array.isArray(messages)) throw invalidRequest('messages: Field required');
  if (messages.length === 0) throw invalidRequest('messages: at least one message is required');
  for (const [index, message] of (messages as unknown[]).entries()) {
    const at = `messages.${index}`;
    if (!isObject(message) || !roles.includes(String(message.role))) {
      throw invalidRequest(`${at}.role: Input should be 'user' or 'assistant'`);
    }
    const blocks = typeof message.content === 'string' ? [{ text: message.content }] : message.content;
    if (!Array.isArray(blocks)) throw invalidRequest(`${at}.content: Field required`);
    const empty = (block: unknown) => isObject(block) && typeof block.text === 'string' && !block.text.trim();
    if (blocks.length === 0 || blocks.some(empty)) {
      throw invalidRequest(`${at}: all messages must have non-empty content`);
    }
  }
}

function checkForModel(request: MessagesRequest, model: SandboxModel): void {
  const { id, max_tokens: ceiling } = model.info;
  const { thinking } = request;
  if (ceiling !== null && request.max_tokens > ceiling) {
    throw invalidRequest(`max_tokens: ${request.max_tokens} > ${ceiling}, the maximum for ${id}`);
  }
  if (!model.forcedToolUse && ['any', 'tool'].includes(request.tool_choice?.type ?? '')) {
    throw invalidRequest(`tool_choice: ${id} does not support forced tool use`);
  }
  if (!model.adaptive) {
    if (thinking?.type === 'adaptive') throw invalidRequest(`thinking: adaptive is not supported by ${id}`);
    if (thinking?.type === 'enabled' && thinking.budget_tokens < 1_024) {
      throw invalidRequest('thinking.enabled.budget_tokens: Input should be greater than or equal to 1024');
    }
    return;
  }
  if (thinking?.type === 'enabled') {
    throw invalidRequest(`thinking: budget_tokens is not supported by ${id}; use adaptive thinking`);
  }
  // Values that mean "do not sample" still pass, so that older callers keep working.
  const samples =
    (request.temperature ?? 1) !== 1 || (request.top_p ?? 1) < 0.99 || request.top_k !== undefined;
  if (samples) throw invalidRequest(`temperature, top_p and top_k are not supported by ${id}`);
  if (request.messages.at(-1)?.role === 'assistant') {
    throw invalidRequest(`messages: prefilling assistant messages is not supported by ${id}`);
  }
}

function checkOutputConfig(request: MessagesRequest, model: SandboxModel): void {
  const config = request.output_config;
  if (config?.effort) {
    if (!efforts.includes(config.effort)) throw invalidRequest('output_config.effort: unknown level');
    if (!model.adaptive) throw invalidRequest(`output_config.effort is not supported by ${model.info.id}`);
  }
  const format: unknown = config?.format;
  if (format === undefined || format === null) return;
  if (!isObject(format) || format.type !== 'json_schema' || !isObject(format.schema)) {
    throw invalidRequest("output_config.format: Input should be {type: 'json_schema', schema}");
  }
  if (request.messages.at(-1)?.role === 'assistant') {
    throw invalidRequest('output_config.format cannot be combined with prefill');
  }
  checkOutputSchema(format.schema);
}
