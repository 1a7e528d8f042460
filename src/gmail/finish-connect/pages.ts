import type { ConfirmQuestion } from './confirm-question';

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1.5rem;color-scheme:light dark}
h1{font-size:1.4rem}a{display:inline-block;padding:.5rem 1.25rem;border-radius:.4rem;background:#1f5fbf;color:#fff;text-decoration:none}`;

/** Asks for whom a mailbox is; the link leads back here with the same answer of Google's. */
export function confirmPage({ account, confirmation, state, code }: ConfirmQuestion): string {
  const link = `?${new URLSearchParams({ state, code, confirm: confirmation }).toString()}`;
  return page(
    'Connect this mailbox?',
    `<p>Inbrief would read the Gmail account that you have just chosen on Google’s page, for the Inbrief account
<strong>${escaped(account)}</strong>.</p>
<p><a href="${escaped(link)}" rel="nofollow">Connect the mailbox</a></p>
<p>If that is not your account, close this page: nothing is connected.</p>`,
  );
}

export function connectedPage(emailAddress: string): string {
  const words = `<p>${escaped(emailAddress)} is connected. You may close this page.</p>`;
  return page('Mailbox connected', words);
}

function page(title: string, content: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>${style}</style><main><h1>${title}</h1>${content}</main></html>`;
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
