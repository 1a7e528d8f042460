import { Logger } from '@nestjs/common';
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import type { FastifyPluginCallback } from 'fastify';
import type { Queues } from './queues';

export interface QueueBoard {
  /** The page with what it asks for; whoever registers it says who may come in. */
  readonly plugin: FastifyPluginCallback;
  /** Opens the queues of these names, once. A process whose page nobody opens has no connection for it. */
  open(names: readonly string[]): void;
}

/** A page that shows what stands in the queues and changes none of it: they carry wake-ups, and the truth is in Postgres. */
export function queueBoard(queues: Queues, basePath: string): QueueBoard {
  const logger = new Logger('QueueBoard');
  const server = new FastifyAdapter().setBasePath(basePath);
  const board = createBullBoard({
    queues: [],
    serverAdapter: server,
    options: { uiConfig: { boardTitle: 'Inbrief queues' } },
  });
  server.setErrorHandler((error) => {
    logger.warn({ err: error }, 'The page of queues could not be answered');
    return { status: 500, body: { error: { key: 'ERRORS.INTERNAL_SERVER_ERROR' } } };
  });
  const opened = new Set<string>();
  return {
    plugin: server.registerPlugin(),
    open: (names) => {
      for (const name of names.filter((one) => !opened.has(one))) {
        board.addQueue(new BullMQAdapter(queues.queue(name), { readOnlyMode: true }));
        opened.add(name);
      }
    },
  };
}
