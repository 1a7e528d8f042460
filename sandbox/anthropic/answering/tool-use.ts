import type { ContentBlock } from '@anthropic-ai/sdk/resources/messages';
import { newId } from '../errors';
import { type MessagesRequest } from '../request';

/** A tool that the request forces, whose input schema is filled as an output schema would be. */
export interface ForcedTool {
  name: string;
  schema: object;
}

export function forcedTool(request: MessagesRequest): ForcedTool | undefined {
  const choice = request.tool_choice;
  if (choice?.type !== 'tool' && choice?.type !== 'any') return undefined;
  const tools = (request.tools ?? []).filter((tool) => 'input_schema' in tool);
  const tool = choice.type === 'tool' ? tools.find((entry) => entry.name === choice.name) : tools[0];
  return tool && { name: tool.name, schema: tool.input_schema };
}

/** The call of a tool; input that was cut off is empty. */
export function toolBlock(tool: ForcedTool, input: string): ContentBlock {
  return {
    type: 'tool_use',
    id: newId('toolu'),
    name: tool.name,
    input: parse(input),
    caller: { type: 'direct' },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
