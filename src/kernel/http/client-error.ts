import type { Socket } from 'node:net';
import { HttpException } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { problemOf } from './problem';

const statusLines: Record<number, string> = {
  400: '400 Bad Request',
  408: '408 Request Timeout',
  431: '431 Request Header Fields Too Large',
};

/** Answers bytes that never became a request, straight on the socket; then closes it. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (!socket.writable) {
    socket.destroy(error);
    return;
  }
  const status = statusOf(error.code);
  const body = JSON.stringify(problemOf(new HttpException('', status), uuidv7()));
  const head = [
    `HTTP/1.1 ${statusLines[status]}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function statusOf(code: string | undefined): number {
  if (code === 'HPE_HEADER_OVERFLOW') return 431;
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
}
