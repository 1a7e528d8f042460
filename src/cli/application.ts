import { userInfo } from 'node:os';
import { type INestApplicationContext, Injectable } from '@nestjs/common';
import { type ICommand, type IQuery, CommandBus, QueryBus, type Command, type Query } from '@nestjs/cqrs';
import { NestFactory } from '@nestjs/core';
import { Logger } from 'nestjs-pino';
import { v7 as uuidv7 } from 'uuid';
import { AppModule } from '../app.module';
import { loadEnv } from '../kernel/config/load-env';
import { KeyRotationModule } from '../kernel/crypto/key-rotation.module';
import { runInRequest } from '../kernel/http/request-context';

/** Who sits at the terminal, as histories and audit rows name them. */
export const operator = (): string => `cli:${userInfo().username}`;

/** The application behind a command: built when one asks for it, so that `doctor` and `--help` need none. */
@Injectable()
export class Application {
  /**
   * Builds the application, runs the work as the operator, and takes it down again.
   * @throws EnvError, DomainError, or what the application throws when it is built.
   */
  async use<T>(work: (app: INestApplicationContext) => Promise<T>): Promise<T> {
    const module = AppModule.for(loadEnv(), 'worker', [KeyRotationModule]);
    const app = await NestFactory.createApplicationContext(module, { bufferLogs: true, abortOnError: false });
    app.useLogger(app.get(Logger));
    try {
      return await runInRequest({ requestId: `${operator()}:${uuidv7()}` }, () => work(app));
    } finally {
      await app.close();
    }
  }

  /** One command of a module's contract. */
  execute<R>(command: Command<R> & ICommand): Promise<R> {
    return this.use((app) => app.get(CommandBus).execute(command));
  }

  /** One query of a module's contract. */
  ask<R>(query: Query<R> & IQuery): Promise<R> {
    return this.use((app) => app.get(QueryBus).execute(query));
  }
}
