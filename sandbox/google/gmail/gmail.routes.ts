import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { EmulatorFrame } from '../../emulator/emulator';
import type { Fault } from '../../emulator/fault-script';
import { ApiError } from '../api-error';
import type { GoogleState } from '../google-state';
import { type BatchPart, readBatch, writeBatch } from './batch';
import { answerGmail, type ApiResponse } from './gmail-api';

/** Gmail's methods and its batch endpoint. Scripted faults hit the calls inside a batch one by one. */
export function serveGmail(app: FastifyInstance, state: GoogleState, frame: EmulatorFrame): void {
  app.all('/gmail/v1/*', (request, reply) => {
    const { method: verb, url, body } = request;
    const answer = answerGmail(state, { verb, url, authorization: request.headers.authorization, body });
    return reply.code(answer.status).headers(answer.headers).send(answer.body);
  });
  for (const path of ['/batch', '/batch/gmail/v1']) {
    app.post(path, (request, reply) => answerBatch(request, reply, state, frame));
  }
}

async function answerBatch(
  request: FastifyRequest,
  reply: FastifyReply,
  state: GoogleState,
  frame: EmulatorFrame,
): Promise<FastifyReply> {
  try {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const parts = readBatch(request.headers['content-type'] ?? '', body, request.headers.authorization);
    const answers = await Promise.all(
      parts.map(async (part) => ({
        contentId: part.contentId,
        answer: await answerPart(part, state, frame),
      })),
    );
    if (answers.some(({ answer }) => answer === undefined)) {
      request.raw.socket.destroy();
      return await reply.hijack();
    }
    const { contentType, body: text } = writeBatch(shuffle(answers.flatMap(answered), state.settings.random));
    return await reply.header('content-type', contentType).send(text);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return reply.code(error.code).send(error.body());
  }
}

/** Undefined when a fault says that the connection is lost. */
async function answerPart(
  part: BatchPart,
  state: GoogleState,
  frame: EmulatorFrame,
): Promise<ApiResponse | undefined> {
  const path = part.url.split('?')[0] ?? '';
  const fault = frame.faults.next(part.verb, path);
  if (fault?.delayMs) await new Promise((wake) => setTimeout(wake, fault.delayMs).unref());
  const answer =
    fault?.action === 'respond'
      ? scripted(fault)
      : fault?.action === 'drop'
        ? undefined
        : answerGmail(state, part);
  const lost = fault?.action === 'drop' || fault?.action === 'drop-after';
  frame.record({
    method: part.verb,
    path,
    at: new Date().toISOString(),
    status: lost ? undefined : answer?.status,
  });
  return lost ? undefined : answer;
}

function scripted(fault: Fault): ApiResponse {
  const body = typeof fault.body === 'string' ? fault.body : JSON.stringify(fault.body ?? '');
  const headers = { 'content-type': 'application/json; charset=UTF-8', ...fault.headers };
  return { status: fault.status ?? 500, headers, body };
}

interface Answered {
  contentId: string | undefined;
  answer: ApiResponse;
}

function answered({
  contentId,
  answer,
}: {
  contentId: string | undefined;
  answer: ApiResponse | undefined;
}): Answered[] {
  return answer ? [{ contentId, answer }] : [];
}

// Google answers the parts in any order; whoever matches them by position must fail here.
function shuffle<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, rank: random() }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ item }) => item);
}
