import { Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { currentRequest, runInRequest } from '../http/request-context';

const logger = new Logger('http');

/** Probes and scrapes come every few seconds and say nothing. */
const quietPath = /^\/(health\/|metrics)/;

/**
 * A Fastify hook: writes a request's last line when its answer is out, or when the caller went away before it was. Put it behind
 * the hook that enters the request's context.
 */
export function logRequest(
  { raw, method, url }: FastifyRequest,
  reply: FastifyReply,
  done: () => void,
): void {
  // The query stays out: an OAuth callback carries its code there.
  const [path = ''] = url.split('?', 1);
  const context = currentRequest();
  if (!quietPath.test(path) && context) {
    const began = performance.now();
    reply.raw.once('close', () =>
      runInRequest(context, () => {
        const facts = {
          method,
          path,
          ...outcomeOf(reply),
          durationMs: Math.round(performance.now() - began),
        };
        if (reply.raw.statusCode >= 500 || raw.errored) logger.error(facts, 'request failed');
        else logger.log(facts, 'request completed');
      }),
    );
  }
  done();
}

function outcomeOf({ raw }: FastifyReply): object {
  return raw.writableEnded ? { status: raw.statusCode } : { aborted: true };
}
