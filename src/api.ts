import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import { AppModule } from './app.module';
import type { EnvDto } from './kernel/config/env.dto';
import { configureApp } from './kernel/http/app-factory';
import { createFastifyAdapter } from './kernel/http/fastify-adapter';
import type { HttpOptions } from './kernel/http/http-options';

/** The API, ready to listen. */
export async function createApi(env: EnvDto): Promise<NestFastifyApplication> {
  const options: HttpOptions = {
    trustProxyHops: env.TRUST_PROXY_HOPS,
    corsOrigins: env.CORS_ORIGINS,
    docs: true,
    publicUrl: env.PUBLIC_URL,
    console: join(__dirname, '..', 'console', 'dist'),
  };
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.for(env, 'api'),
    createFastifyAdapter(options),
    {
      bufferLogs: true,
      abortOnError: false,
    },
  );
  app.useLogger(app.get(Logger));
  await configureApp(app, options);
  return app;
}
