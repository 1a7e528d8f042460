import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import helmet from 'helmet';

/** Own files only; inline styles because Swagger UI sets them. */
const contentSecurityPolicy = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
};

type Hook = (request: FastifyRequest, reply: FastifyReply, done: () => void) => void;

/**
 * A Fastify hook that sets Helmet's headers. Helmet is asked once: its answer is the same for every request, and putting it
 * together each time costs as much as routing one.
 */
export function securityHeaders(): Hook {
  const answer = new ServerResponse(new IncomingMessage(new Socket()));
  helmet({ contentSecurityPolicy, referrerPolicy: { policy: 'no-referrer' } })(
    answer.req,
    answer,
    (fault) => {
      if (fault) throw new Error('Helmet refused its settings', { cause: fault });
    },
  );
  const headers = answer.getHeaders() as Record<string, string>;
  return (_request, reply, done) => {
    void reply.headers(headers);
    done();
  };
}
