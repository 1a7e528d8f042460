import { randomBytes } from 'node:crypto';
import { headerValue, parseHeaderBlock } from '../mime/header-block';
import { splitMultipart } from '../mime/multipart';
import { parseStructured } from '../mime/parameters';
import type { ApiRequest, ApiResponse } from './gmail-api';
import { ApiError } from '../api-error';

export const batchLimit = 100;

/** One call inside a batch; the id is what its answer is matched by. */
export interface BatchPart extends ApiRequest {
  contentId: string | undefined;
}

/**
 * Reads a multipart/mixed batch. A part without credentials of its own has those of the whole request.
 * Throws 400 for a body that is no batch and for more than 100 parts.
 */
export function readBatch(contentType: string, body: Buffer, authorization: string | undefined): BatchPart[] {
  const boundary = parseStructured(contentType).parameters.get('boundary');
  const pieces = boundary === undefined ? [] : splitMultipart(body, boundary, batchLimit + 1);
  if (pieces.length === 0) throw badRequest('Failed to parse batch request, error: no parts found.');
  if (pieces.length > batchLimit) {
    throw badRequest(`The batch request could not be processed: more than ${batchLimit} calls.`);
  }
  return pieces.map((piece) => readPart(piece, authorization));
}

/** The batch's answer, its parts in the order given, as content type and body. */
export function writeBatch(answers: readonly { contentId: string | undefined; answer: ApiResponse }[]): {
  contentType: string;
  body: string;
} {
  const boundary = `batch_${randomBytes(16).toString('base64url')}`;
  const parts = answers.map(({ contentId, answer }) =>
    [
      `--${boundary}`,
      'Content-Type: application/http',
      ...(contentId === undefined ? [] : [`Content-ID: ${responseId(contentId)}`]),
      '',
      `HTTP/1.1 ${answer.status} ${reasons[answer.status] ?? 'Unknown'}`,
      ...Object.entries(answer.headers).map(([name, value]) => `${headerCase(name)}: ${value}`),
      `Content-Length: ${Buffer.byteLength(answer.body)}`,
      '',
      answer.body,
    ].join('\r\n'),
  );
  return {
    contentType: `multipart/mixed; boundary=${boundary}`,
    body: `${parts.join('\r\n')}\r\n--${boundary}--\r\n`,
  };
}

const reasons: Record<number, string> = {
  200: 'OK',
  204: 'No Content',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

function readPart(piece: Buffer, outerAuthorization: string | undefined): BatchPart {
  const outer = parseHeaderBlock(piece);
  const request = piece.subarray(outer.bodyStart);
  const lineEnd = request.indexOf('\n');
  const line = request
    .subarray(0, lineEnd === -1 ? request.length : lineEnd)
    .toString('latin1')
    .trim();
  const [, verb, target] = /^([A-Z]+) (\S+)(?: HTTP\/\d(?:\.\d)?)?$/.exec(line) ?? [];
  if (verb === undefined || target === undefined) {
    throw badRequest('Failed to parse batch request, error: a part holds no HTTP request.');
  }
  const rest = lineEnd === -1 ? Buffer.alloc(0) : request.subarray(lineEnd + 1);
  const inner = parseHeaderBlock(rest);
  return {
    contentId: headerValue(outer.fields, 'content-id'),
    verb,
    url: target.replace(/^https?:\/\/[^/]+/, ''),
    authorization: headerValue(inner.fields, 'authorization') ?? outerAuthorization,
    body: readJson(rest.subarray(inner.bodyStart)),
  };
}

function readJson(bytes: Buffer): unknown {
  const text = bytes.toString('utf8').trim();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest('Invalid JSON payload received.');
  }
}

function responseId(contentId: string): string {
  return contentId.startsWith('<') ? `<response-${contentId.slice(1)}` : `response-${contentId}`;
}

function headerCase(name: string): string {
  return name.replaceAll(/(?:^|-)[a-z]/g, (start) => start.toUpperCase());
}

function badRequest(message: string): ApiError {
  return new ApiError(400, 'INVALID_ARGUMENT', 'badRequest', message);
}
