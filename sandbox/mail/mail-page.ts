import type { EmulatorDefinition } from '../emulator/emulator';
import type { CaughtMail, MailCatcher } from './mail-catcher';

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string): string => text.replace(/[&<>"]/g, (character) => escapes[character] ?? '');
const style =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem}pre{white-space:pre-wrap}';

/** Shows what the mail catcher caught, the newest first, on a page of its own; as JSON under `/__control/state`. */
export function mailPage(catcher: MailCatcher): EmulatorDefinition {
  return {
    name: 'mail',
    state: () => catcher.mails,
    reset: () => catcher.mails.splice(0),
    routes: (app) => {
      app.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(page(catcher.mails)));
    },
  };
}

function page(mails: readonly CaughtMail[]): string {
  const articles = mails
    .toReversed()
    .map(
      ({ to, subject, text }) =>
        `<article><h2>${escape(subject)}</h2><p>To ${escape(to.join(', '))}</p><pre>${escape(text)}</pre></article>`,
    );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Mail (sandbox)</title><style>${style}</style></head>
<body><main><h1>Mail that the sandbox caught</h1>${articles.join('') || '<p>None yet.</p>'}</main></body></html>`;
}
