import { NestFactory } from '@nestjs/core';
import { Logger } from 'nestjs-pino';
import { AppModule } from './app.module';
import { start } from './kernel/config/start';
import { KeyRotation } from './kernel/crypto/key-rotation';
import { KeyRotationModule } from './kernel/crypto/key-rotation.module';

/**
 * `node dist/rotate-keys.js`: re-wraps every stored secret under the first key of TOKEN_KEYS, online, a line per batch.
 * Every process must run with that ring already. Exits 1 while a secret is left that needs an older key.
 */
start(async (env) => {
  const app = await NestFactory.createApplicationContext(AppModule.for(env, 'worker', [KeyRotationModule]), {
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(app.get(Logger));
  try {
    const { rewrapped, unreadable, complete } = await app.get(KeyRotation).run((name, batch) => {
      process.stdout.write(`${name}: ${batch.rewrapped} of ${batch.seen} re-wrapped\n`);
    });
    for (const id of unreadable) process.stdout.write(`unreadable: ${id}\n`);
    process.stdout.write(`${rewrapped} re-wrapped; ${complete ? 'complete' : 'keep the older keys'}\n`);
    process.exitCode = complete ? 0 : 1;
  } finally {
    await app.close();
  }
});
