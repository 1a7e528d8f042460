import type { FastifyReply, FastifyRequest } from 'fastify';

/** A Fastify hook: says in a `Link` header (RFC 8288) what a page's `nextCursor` means. */
export function linkToNextPage(
  request: FastifyRequest,
  reply: FastifyReply,
  body: unknown,
  done: (error: null, body: unknown) => void,
): void {
  const link = nextPageOf(request.url, body);
  if (link !== undefined) void reply.header('link', link);
  done(null, body);
}

/** What the `Link` header of this answer says: undefined for the last page, and for what is no page. */
export function nextPageOf(url: string, body: unknown): string | undefined {
  const cursor = typeof body === 'object' && body && 'nextCursor' in body ? body.nextCursor : null;
  return typeof cursor === 'string' ? linkTo(url, cursor) : undefined;
}

/** The same address with another cursor. Relative, so that it is right behind any proxy. */
function linkTo(url: string, cursor: string): string {
  const { pathname, searchParams } = new URL(url, 'http://here');
  searchParams.set('cursor', cursor);
  return `<${pathname}?${searchParams.toString()}>; rel="next"`;
}
