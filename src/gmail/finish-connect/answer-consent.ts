import type { FastifyReply } from 'fastify';
import type { FinishedConsent } from './finish-connect.handler';

/** Sends the browser on, or tells a person (HTML) or a program (JSON) that the mailbox is connected. */
export async function answerConsent(
  reply: FastifyReply,
  consent: FinishedConsent | { returnTo: string },
): Promise<void> {
  if (consent.returnTo !== null) {
    await reply.redirect(consent.returnTo, 302);
    return;
  }
  const { connectionId, emailAddress } = consent as FinishedConsent;
  const wantsPage = reply.request.headers.accept?.includes('text/html') ?? false;
  if (wantsPage) await reply.type('text/html; charset=utf-8').send(page(emailAddress));
  else await reply.send({ connectionId, emailAddress });
}

function page(emailAddress: string): string {
  const address = emailAddress.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Mailbox connected</title>
<main><h1>Mailbox connected</h1><p>${address} is connected. You may close this page.</p></main></html>`;
}
