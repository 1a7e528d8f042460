import type { FastifyInstance } from 'fastify';
import { entityNotFound, invalidArgument } from './api-error';
import type { Mailbox, NewMessage } from './gmail/mailbox';
import type { QuotaSettings } from './gmail/quota-settings';
import type { GoogleState } from './google-state';
import { parseScopes } from './oauth/scopes';
import type { PushSettings } from './push/push-settings';
import { pushToken, type PushTokenClaims } from './push/push-token';
import type { RegisteredClient } from './settings';

/** A message for `POST /__control/mailboxes/:email/messages`; `raw` is RFC 822 in base64 or base64url. */
export type ControlMessage = Omit<NewMessage, 'raw'> & { raw: string };

interface AtMailbox {
  Params: { email: string };
}

interface AtMessage {
  Params: { email: string; id: string };
}

/** What a test may do to Google from outside, beside the emulators' common control endpoint. */
export function serveControl(app: FastifyInstance, state: GoogleState): void {
  serveMailboxes(app, state);
  serveTokenControl(app, state);

  app.post<{ Body: RegisteredClient }>('/__control/clients', ({ body }) => {
    state.registerClient(body);
    return { clients: state.clients.length };
  });
  app.post<{ Body: Partial<QuotaSettings> }>('/__control/quota', ({ body }) => {
    state.quota.settings = { ...state.quota.settings, ...withoutNulls(body) };
    return state.quota.settings;
  });
  app.post<{ Body: Partial<PushSettings> }>('/__control/push', ({ body }) => {
    state.pushes.settings = { ...state.pushes.settings, ...withoutNulls(body) };
    return state.pushes.settings;
  });
  app.post<{ Body: { drop?: number; duplicate?: number } }>('/__control/push/next', ({ body }) => {
    state.pushes.force(body);
    return body;
  });
  app.post<{ Body: { advanceMs: number } }>('/__control/clock', ({ body }) => {
    state.clock.advance(body.advanceMs);
    return { now: state.clock.now() };
  });
}

function serveMailboxes(app: FastifyInstance, state: GoogleState): void {
  app.post<{ Body: { email: string; name?: string } }>('/__control/mailboxes', ({ body }, reply) => {
    const mailbox = state.addMailbox(body.email, body.name);
    return reply.code(201).send({ email: mailbox.email });
  });
  app.post<AtMailbox & { Body: ControlMessage | ControlMessage[] }>(
    '/__control/mailboxes/:email/messages',
    ({ params, body }, reply) => {
      const messages = (Array.isArray(body) ? body : [body]).map(readMessage);
      const added = mailboxOf(state, params.email).add(messages);
      return reply.code(201).send({ ids: added.map(({ id }) => id) });
    },
  );
  app.delete<AtMessage>('/__control/mailboxes/:email/messages/:id', ({ params }) => {
    if (!mailboxOf(state, params.email).delete(params.id)) throw entityNotFound();
    return { deleted: params.id };
  });
  app.post<AtMessage & { Body: { add?: string[]; remove?: string[] } }>(
    '/__control/mailboxes/:email/messages/:id/labels',
    ({ params, body }) => {
      const mailbox = mailboxOf(state, params.email);
      const message = mailbox.find(params.id);
      if (!message) throw entityNotFound();
      mailbox.relabel([message], body.add ?? [], body.remove ?? []);
      return { labelIds: [...message.labelIds] };
    },
  );
  app.post<AtMailbox>('/__control/mailboxes/:email/expire-history', ({ params }) => {
    const { history } = mailboxOf(state, params.email);
    history.expire();
    return { historyId: String(history.current) };
  });
  app.post<AtMailbox>('/__control/mailboxes/:email/expire-watch', ({ params }) => {
    mailboxOf(state, params.email).watch = undefined;
    return { watch: null };
  });
}

function serveTokenControl(app: FastifyInstance, state: GoogleState): void {
  app.post<AtMailbox>('/__control/mailboxes/:email/expire-access-tokens', ({ params }) => {
    state.tokens.expireAccessTokens(mailboxOf(state, params.email).email);
    return {};
  });
  app.post<AtMailbox>('/__control/mailboxes/:email/revoke-tokens', ({ params }) => {
    state.tokens.revokeGrants(mailboxOf(state, params.email).email);
    return {};
  });
  app.post<{ Body: { email: string; scope: string; clientId?: string } }>(
    '/__control/mint-tokens',
    ({ body }) => {
      const { email } = mailboxOf(state, body.email);
      const clientId = body.clientId ?? state.clients[0]?.clientId ?? '';
      const { access, refresh } = state.tokens.mint(clientId, email, parseScopes(body.scope));
      return { access_token: access.token, refresh_token: refresh?.token, scope: access.scopes.join(' ') };
    },
  );
  app.post<{ Body: PushTokenClaims & { key?: 'google' | 'foreign' } }>(
    '/__control/mint-push-token',
    ({ body }) => {
      const key = body.key === 'foreign' ? state.foreignKey : state.key;
      return { token: pushToken(key, body, state.clock.now()) };
    },
  );
}

function mailboxOf(state: GoogleState, email: string): Mailbox {
  const mailbox = state.mailboxes.get(email.toLowerCase());
  if (!mailbox) throw entityNotFound();
  return mailbox;
}

function readMessage({ raw, ...rest }: ControlMessage): NewMessage {
  if (typeof raw !== 'string') throw invalidArgument('raw: the message in base64');
  return { ...rest, raw: Buffer.from(raw, 'base64') };
}

// JSON has no undefined: null switches a setting off.
function withoutNulls<T extends object>(body: T): T {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]: [string, unknown]) => [name, value ?? undefined]),
  ) as T;
}
