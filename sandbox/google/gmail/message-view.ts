import { decodeEncodedWords } from '../mime/encoded-words';
import type { HeaderField } from '../mime/header-block';
import { type MimePart, walkParts } from '../mime/mime-tree';
import type { StoredMessage } from './stored-message';

export const formats = ['minimal', 'metadata', 'full', 'raw'] as const;
export type Format = (typeof formats)[number];

export interface ViewOptions {
  format: Format;
  /** With `metadata`: only these headers; all when empty. */
  metadataHeaders: readonly string[];
  largeTextBytes: number;
}

/** A message as `messages.get` answers it. */
export function messageView(message: StoredMessage, options: ViewOptions): Record<string, unknown> {
  return {
    id: message.id,
    threadId: message.threadId,
    labelIds: [...message.labelIds],
    snippet: message.snippet,
    ...content(message, options),
    sizeEstimate: message.raw.length,
    historyId: String(message.historyId),
    internalDate: String(message.internalDate),
  };
}

/** Bytes as the API's JSON carries them: URL-safe base64 with its padding. */
export function wireBytes(bytes: Buffer): string {
  return bytes.toString('base64url') + '='.repeat((3 - (bytes.length % 3)) % 3);
}

/** The content behind an attachment id of this message, or undefined. */
export function attachmentContent(message: StoredMessage, attachmentId: string): Buffer | undefined {
  for (const part of walkParts(message.tree())) {
    if (attachmentIdOf(message.id, part.partId) === attachmentId) return part.content;
  }
  return undefined;
}

function content(message: StoredMessage, options: ViewOptions): Record<string, unknown> {
  if (options.format === 'minimal') return {};
  if (options.format === 'raw') return { raw: wireBytes(message.raw) };
  const tree = message.tree();
  if (options.format === 'full') return { payload: partView(message.id, tree, options.largeTextBytes) };
  const wanted = new Set(options.metadataHeaders.map((name) => name.toLowerCase()));
  const headers = tree.headers.filter(({ name }) => wanted.size === 0 || wanted.has(name.toLowerCase()));
  return { payload: { mimeType: tree.mimeType, headers: headers.map(headerView) } };
}

function partView(messageId: string, part: MimePart, largeTextBytes: number): Record<string, unknown> {
  return {
    partId: part.partId,
    mimeType: part.mimeType,
    filename: part.filename,
    headers: part.headers.map(headerView),
    body: bodyView(messageId, part, largeTextBytes),
    ...(part.parts.length > 0 && {
      parts: part.parts.map((child) => partView(messageId, child, largeTextBytes)),
    }),
  };
}

function bodyView(messageId: string, part: MimePart, largeTextBytes: number): Record<string, unknown> {
  const size = part.content.length;
  if (size === 0) return { size };
  const inline =
    /^(?:text|multipart)\//.test(part.mimeType) && part.filename === '' && part.disposition !== 'attachment';
  if (inline && size <= largeTextBytes) return { size, data: wireBytes(part.content) };
  return { attachmentId: attachmentIdOf(messageId, part.partId), size };
}

function attachmentIdOf(messageId: string, partId: string): string {
  return `ANGjdJ${Buffer.from(`${messageId}/${partId}`).toString('base64url')}`;
}

// Gmail shows encoded words as text.
function headerView({ name, value }: HeaderField): HeaderField {
  return { name, value: decodeEncodedWords(value) };
}
