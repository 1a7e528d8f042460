import { type EmulatorDefinition } from '../emulator/emulator';
import { serveControl } from './control';
import { serveApi } from './routes';
import { type AnthropicOptions, AnthropicSandbox } from './sandbox';

/** The emulator of the Anthropic API; `sandbox` is its state, for tests in the same process. */
export interface AnthropicEmulator extends EmulatorDefinition {
  sandbox: AnthropicSandbox;
}

/**
 * Speaks the Anthropic wire format: messages (whole and streamed), token counts, batches and models. Summaries are
 * extractive and deterministic, in whatever JSON schema is asked for, by a model whose name ends in `-sandbox`.
 */
export function anthropicEmulator(options: AnthropicOptions = {}): AnthropicEmulator {
  const sandbox = new AnthropicSandbox(options);
  return {
    name: 'anthropic',
    sandbox,
    routes: async (app) => {
      await serveControl(app, sandbox);
      await serveApi(app, sandbox);
    },
    state: () => sandbox.snapshot(),
    reset: () => sandbox.reset(),
  };
}
