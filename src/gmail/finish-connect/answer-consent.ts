import type { FastifyReply } from 'fastify';
import { comesFromBrowser } from './comes-from-browser';
import type { ConfirmQuestion } from './confirm-question';
import type { FinishedConsent } from './finish-connect.handler';
import { confirmPage, connectedPage } from './pages';

/** Asks the person, sends the browser on, or tells a person (HTML) or a program (JSON) that the mailbox is connected. */
export async function answerConsent(
  reply: FastifyReply,
  consent: FinishedConsent | { returnTo: string } | ConfirmQuestion,
): Promise<void> {
  if ('confirmation' in consent) {
    await reply.type('text/html; charset=utf-8').send(confirmPage(consent));
    return;
  }
  if (consent.returnTo !== null) {
    await reply.redirect(consent.returnTo, 302);
    return;
  }
  const { connectionId, emailAddress } = consent as FinishedConsent;
  if (comesFromBrowser(reply.request.headers))
    await reply.type('text/html; charset=utf-8').send(connectedPage(emailAddress));
  else await reply.send({ connectionId, emailAddress });
}
