import { Test } from '@nestjs/testing';
import { AppModule } from '../../../src/app.module';
import { EnvError } from '../../../src/kernel/config/load-env';
import { testEnv } from '../../support/env';

describe('a model whose price is not known', () => {
  // Mutant: the check exists, but no process runs it.
  it.each(['ANTHROPIC_MODEL', 'ANTHROPIC_FALLBACK_MODEL'])(
    'as %s keeps a process from starting',
    async (name) => {
      const env = testEnv('postgresql://nobody@127.0.0.1:1/none', { [name]: 'claude-unheard-of' });
      const start = Test.createTestingModule({ imports: [AppModule.for(env, 'api', [])] })
        .setLogger(false as never)
        .compile();
      await expect(start).rejects.toThrow(EnvError);
      await expect(start).rejects.toThrow(`${name}: there is no price for claude-unheard-of`);
    },
  );
});
