import type { FastifyReply, FastifyRequest } from 'fastify';

/** A Fastify hook: says in a `Link` header (RFC 8288) what a page's `nextCursor` means. */
export function linkToNextPage(
  request: FastifyRequest,
  reply: FastifyReply,
  body: unknown,
  done: (error: null, body: unknown) => void,
): void {
  const cursor = typeof body === 'object' && body && 'nextCursor' in body ? body.nextCursor : null;
  if (typeof cursor === 'string') void reply.header('link', linkTo(request.url, cursor));
  done(null, body);
}

/** The same address with another cursor. Relative, so that it is right behind any proxy. */
function linkTo(url: string, cursor: string): string {
  const { pathname, searchParams } = new URL(url, 'http://here');
  searchParams.set('cursor', cursor);
  return `<${pathname}?${searchParams.toString()}>; rel="next"`;
}
