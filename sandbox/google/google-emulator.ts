import type { FastifyInstance } from 'fastify';
import type { EmulatorDefinition } from '../emulator/emulator';
import { ApiError } from './api-error';
import { serveControl } from './control.routes';
import { serveGmail } from './gmail/gmail.routes';
import { GoogleState } from './google-state';
import { serveAuthorization } from './oauth/authorize.routes';
import { serveIdentity } from './oauth/identity.routes';
import { serveTokens } from './oauth/token.routes';
import { type GoogleEmulatorOptions, settle } from './settings';

/** The Google emulator with its state, for tests that run in the same process. */
export interface GoogleEmulator extends EmulatorDefinition {
  readonly google: GoogleState;
}

/** An emulator of Google OAuth 2 and Gmail v1; both base URLs may point to it. Start it with `startEmulator`. */
export function googleEmulator(options: GoogleEmulatorOptions = {}): GoogleEmulator {
  const google = new GoogleState(settle(options));
  return {
    name: 'google',
    google,
    state: () => google.snapshot(),
    reset: () => google.reset(),
    routes: (app, frame) => {
      readBodies(app);
      app.setErrorHandler((error, _request, reply) => {
        if (!(error instanceof ApiError)) throw error;
        return reply.code(error.code).headers(error.headers).send(error.body());
      });
      app.addHook('onClose', () => google.pushes.reset());
      serveAuthorization(app, google);
      serveTokens(app, google);
      serveIdentity(app, google);
      serveGmail(app, google, frame);
      serveControl(app, google);
    },
  };
}

// Google takes an empty body under any content type; Fastify's own JSON parser does not.
function readBodies(app: FastifyInstance): void {
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? undefined : JSON.parse(body as string));
    } catch {
      done(new ApiError(400, 'INVALID_ARGUMENT', 'parseError', 'Invalid JSON payload received.'));
    }
  });
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => {
      done(null, new URLSearchParams(body as string));
    },
  );
  app.addContentTypeParser(/^multipart\/mixed/, { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
}
