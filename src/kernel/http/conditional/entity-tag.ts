import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Characters of a digest that are kept: 132 bits. */
const digestLength = 22;

/** Versions of what an edit can change, of answers that are on their way out. */
const versions = new WeakMap<FastifyReply, string>();

/** Digests of bodies that are sent as bytes. */
const digests = new WeakMap<Buffer, string>();

/** A short name for the bytes. */
export function digestOf(body: string | Buffer): string {
  return hash('sha256', body, 'base64url').slice(0, digestLength);
}

/** The text's bytes, to be sent as they are, once or many times; they are tagged as the text is, and digested now. */
export function asTaggedBytes(text: string): Buffer {
  const bytes = Buffer.from(text);
  digests.set(bytes, digestOf(bytes));
  return bytes;
}

/** Notes the version of what an edit can change; it becomes the part of the entity tag before the dot. */
export function noteVersion(reply: FastifyReply, version: string): void {
  versions.set(reply, version);
}

/**
 * Tags every answer to a read by its bytes, and answers 304 where the caller has them already. A tag is strong: the same tag
 * means the same bytes. What is personal may be kept by its reader alone, and must be asked for again; anything else not at all.
 */
export function tagAnswer(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
  done: (error: null, payload: unknown) => void,
): void {
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  const version = versions.get(reply);
  const isTaggable = isTagged(request.url) && reply.statusCode === 200;
  const digest = isTaggable ? digestOfPayload(payload) : undefined;
  if (digest === undefined || (!isRead && version === undefined)) {
    if (isTagged(request.url) && !reply.hasHeader('cache-control'))
      void reply.header('cache-control', 'no-store');
    done(null, payload);
    return;
  }
  const tag = `"${version === undefined ? '' : `${version}.`}${digest}"`;
  void reply.header('etag', tag);
  if (!reply.hasHeader('cache-control'))
    void reply.header('cache-control', isRead ? 'private, no-cache' : 'no-store');
  const known = isRead && isAmong(request.headers['if-none-match'], tag);
  if (known) void reply.code(304);
  done(null, known ? '' : payload);
}

/** Undefined for a stream, and for bytes that are no tagged text. */
function digestOfPayload(payload: unknown): string | undefined {
  if (typeof payload === 'string') return digestOf(payload);
  return Buffer.isBuffer(payload) ? digests.get(payload) : undefined;
}

/** Opaque parts of the tags in a header, without the weakness that a compressing proxy adds; undefined for `*`. */
export function opaqueTags(header: string): string[] | undefined {
  if (header.trim() === '*') return undefined;
  return [...header.matchAll(/(?:W\/)?"([^"]*)"/g)].map(([, opaque = '']) => opaque);
}

/** Not probes, pages and their parts. */
function isTagged(url: string): boolean {
  return url.startsWith('/api/') || url.startsWith('/internal/');
}

function isAmong(header: string | undefined, tag: string): boolean {
  return header !== undefined && (opaqueTags(header)?.includes(tag.slice(1, -1)) ?? true);
}
