/** Text made safe for element content and quoted attributes. */
export const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const style = `
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 32rem; margin: 3rem auto; padding: 0 1rem; color: #1a1f36; }
  fieldset { border: 1px solid #8792a2; border-radius: 6px; padding: .5rem 1rem; margin: 1rem 0; }
  label { display: block; padding: .25rem 0; }
  input[type=email] { width: 100%; padding: .5rem; font: inherit; box-sizing: border-box; }
  button { font: inherit; padding: .6rem 1.2rem; border: 0; border-radius: 6px; background: #4338ca; color: #fff; cursor: pointer; }
  :focus-visible { outline: 3px solid #f59e0b; outline-offset: 2px; }
  .note { background: #fef3c7; padding: .5rem 1rem; border-radius: 6px; }
  .error { background: #fee2e2; padding: .5rem 1rem; border-radius: 6px; }
`;

/** A whole page in plain HTML: no script, nothing fetched from elsewhere. */
export const htmlPage = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escape(title)}</h1>
<p class="note">Sandbox: no money moves here.</p>
${body}
</main>
</body>
</html>
`;
