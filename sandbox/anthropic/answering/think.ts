import { createHash } from 'node:crypto';
import type { ContentBlock } from '@anthropic-ai/sdk/resources/messages';
import type { SandboxModel } from '../models';
import { mailKey } from '../reading/find-mail';
import { mailOf } from '../reading/mail-of';
import { type MessagesRequest } from '../request';

/** What a thought costs; it counts towards `max_tokens` and the output. */
export const thinkingTokens = 40;

/** Adaptive models think before about every second mail, so callers must pick blocks by type. */
export function think(request: MessagesRequest, model: SandboxModel): ContentBlock | undefined {
  const type = request.thinking?.type ?? (model.adaptive ? 'adaptive' : 'disabled');
  if (type === 'disabled') return undefined;
  const digest = createHash('sha256')
    .update(mailKey(mailOf(request)))
    .digest();
  if (type === 'adaptive' && (digest[0] ?? 0) % 2 === 1) return undefined;
  const display = request.thinking && 'display' in request.thinking ? request.thinking.display : undefined;
  const thinking = display === 'summarized' ? 'The mail is data; its own sentences make the summary.' : '';
  return { type: 'thinking', thinking, signature: digest.toString('base64') };
}
