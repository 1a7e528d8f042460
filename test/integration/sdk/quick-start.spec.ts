import { type ChildProcessByStdio, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { consent } from '../../../sandbox/demo/journey';
import { fillMailbox, mailsOf } from '../../../sandbox/demo/mailbox';
import { Inbrief } from '../../../sdk/src';
import { startTestApp, type TestApp } from '../../support/app';

const root = join(__dirname, '..', '..', '..');
const ada = { email: 'ada@example.com', password: 'correct-horse-battery-staple' };

/** The package as it is published, under plain Node: no compiler, no test runner. */
describe('the built SDK', () => {
  let product: TestApp;
  beforeAll(async () => {
    [product] = await Promise.all([
      startTestApp(),
      promisify(execFile)(process.execPath, [join(root, 'sdk', 'build.mjs')]),
    ]);
    const mails = mailsOf(join(root, 'sandbox', 'inbox')).slice(0, 5);
    await fillMailbox(product.google.url, ada.email, mails);
  });
  afterAll(() => product.close());

  const programOf = (name: string, code: string): string => {
    const folder = join(root, 'test', 'artifacts', 'sdk');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), code);
    return join(folder, name);
  };

  it('does what the quick start of its README says, in 15 lines', async () => {
    const readme = readFileSync(join(root, 'sdk', 'README.md'), 'utf8');
    const [, code = ''] = /## Quick start\n+```js\n(.*?)```/s.exec(readme) ?? [];
    expect(code.trim().split('\n').length).toBeLessThanOrEqual(15);
    const program = programOf('quick-start.mjs', code.replace('http://localhost:3000', product.url));
    const child: ChildProcessByStdio<null, Readable, Readable> = spawn(process.execPath, [program], {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 60_000,
    });
    const errors: string[] = [];
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
    const lines: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line);
      const [, url] = /^Let Inbrief read your mail: (.*)$/.exec(line) ?? [];
      if (url) await consent(url, ada.email, product.url);
    }
    if (child.exitCode === null) await once(child, 'exit');
    expect({ code: child.exitCode, errors }).toEqual({ code: 0, errors: [] });
    expect(lines).toContain('5 summaries');
    expect(lines.filter((line) => /^(critical|high|normal|low): ./.test(line))).toHaveLength(5);
  });

  it('can be required as well as imported', async () => {
    const inbrief = new Inbrief({ baseUrl: product.url });
    await inbrief.auth.login(ada);
    const { key } = await inbrief.apiKeys.create({ name: 'script', scopes: ['email:read'] });
    const program = programOf(
      'required.cjs',
      `const { Inbrief } = require('@inbrief/sdk');
       new Inbrief({ baseUrl: '${product.url}', apiKey: '${key}' }).summaries.list().all()
         .then((all) => console.log(all.length));`,
    );
    const { stdout } = await promisify(execFile)(process.execPath, [program]);
    expect(stdout.trim()).toBe('5');
  });
});
