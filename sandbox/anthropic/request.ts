import type {
  CacheControlEphemeral,
  MessageParam,
  OutputConfig,
  TextBlockParam,
  ThinkingConfigParam,
  ToolChoice,
  ToolUnion,
} from '@anthropic-ai/sdk/resources/messages';

/** A `POST /v1/messages` body after `checkRequest` let it pass. */
export interface MessagesRequest {
  model: string;
  max_tokens: number;
  messages: MessageParam[];
  system?: string | TextBlockParam[];
  output_config?: OutputConfig;
  thinking?: ThinkingConfigParam;
  stop_sequences?: string[];
  tools?: ToolUnion[];
  tool_choice?: ToolChoice;
  cache_control?: CacheControlEphemeral | null;
  stream?: boolean;
  temperature?: number;
  top_p?: number;
  top_k?: number;
}

/** One piece of the prompt in the order in which the cache sees it: tools, system, messages. */
export interface PromptBlock {
  text: string;
  cacheControl?: CacheControlEphemeral | null;
}

interface ContentBlock {
  type: string;
  text?: string;
  cache_control?: CacheControlEphemeral | null;
}

const contentBlocks = (content: string | readonly object[] | undefined): ContentBlock[] => {
  if (content === undefined) return [];
  return typeof content === 'string' ? [{ type: 'text', text: content }] : (content as ContentBlock[]);
};

const blockText = (block: ContentBlock): string =>
  block.text ?? JSON.stringify({ ...block, cache_control: undefined });

/** The prompt cut into blocks; a top-level `cache_control` marks the last one, as the vendor does. */
export function promptBlocks(request: Omit<MessagesRequest, 'max_tokens'>): PromptBlock[] {
  const tools = (request.tools ?? []) as unknown as ContentBlock[];
  const blocks = [
    ...tools.map((tool) => ({
      text: JSON.stringify({ ...tool, cache_control: undefined }),
      cacheControl: tool.cache_control,
    })),
    ...contentBlocks(request.system).map((block) => ({
      text: blockText(block),
      cacheControl: block.cache_control,
    })),
    ...request.messages.flatMap(({ role, content }) =>
      contentBlocks(content).map((block) => ({
        text: `${role}: ${blockText(block)}`,
        cacheControl: block.cache_control,
      })),
    ),
  ];
  const last = blocks.at(-1);
  if (last && request.cache_control) last.cacheControl ??= request.cache_control;
  return blocks;
}

/** All text that the model would read, for matching scripted answers. */
export const wholeText = (request: MessagesRequest): string =>
  promptBlocks(request)
    .map((block) => block.text)
    .join('\n');

export const systemText = (request: MessagesRequest): string =>
  contentBlocks(request.system).map(blockText).join('\n');

/** The text of each user turn; one of them holds what the answer is about. */
export const userTexts = (request: MessagesRequest): string[] =>
  request.messages
    .filter((message) => message.role === 'user')
    .map(({ content }) =>
      contentBlocks(content)
        .flatMap((block) => block.text ?? [])
        .join('\n\n'),
    );
