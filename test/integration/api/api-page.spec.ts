import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { consent, until } from '../../../sandbox/demo/journey';
import { fillMailbox, mailsOf } from '../../../sandbox/demo/mailbox';
import { startTestApp, type TestApp } from '../../support/app';
import { compare, run, type Step, stepsOf, type Variables } from '../../support/page-examples';
import { payAt } from '../../support/sdk-journey';

const root = join(__dirname, '..', '..', '..');
const steps = stepsOf(readFileSync(join(root, 'docs/api.md'), 'utf8'));
const hasCurl = spawnSync('curl', ['--version']).status === 0;

(hasCurl ? describe : describe.skip)(
  `docs/api.md${hasCurl ? '' : ' (skipped: there is no curl here)'}`,
  () => {
    let product: TestApp;
    const variables: Variables = {};
    beforeAll(async () => {
      product = await startTestApp();
      variables.API = product.url;
      await fillMailbox(
        product.google.url,
        'ada@example.com',
        mailsOf(join(root, 'sandbox', 'inbox')).slice(0, 5),
      );
    });
    afterAll(() => product.close());

    it.each(steps)('$title', async (step) => {
      if (step.visit) await visit(step.visit);
      else await ask(step);
    });

    async function visit({ what, variable }: NonNullable<Step['visit']>): Promise<void> {
      const address = variables[variable] ?? '';
      if (what === 'consent') await consent(address, 'ada@example.com', product.url);
      else await payAt(address);
    }

    /** Example after example: a variable that the page uses again must be what it was, unless it is given anew. */
    async function ask({ command = '', answer, until: repeats = false }: Step): Promise<void> {
      if (!answer) throw new Error(`Nothing is told of the answer to ${command}`);
      let found = compare(answer, await run(command, variables), variables);
      if (repeats)
        await until(async () => {
          found = compare(answer, await run(command, variables), variables);
          return found.faults.length === 0;
        }, command).catch(() => undefined);
      expect(found.faults).toEqual([]);
      Object.assign(variables, found.variables);
    }
  },
);

describe('the examples of docs/api.md', () => {
  // Mutant: a pattern that finds no examples any more leaves a page that nobody runs.
  it('are found, each with its answer', () => {
    const page = readFileSync(join(root, 'docs/api.md'), 'utf8');
    expect(steps.filter(({ command }) => command).length).toBe(page.match(/^curl /gm)?.length);
    expect(steps.length).toBeGreaterThan(20);
  });

  // Mutant: a comparison that lets everything pass.
  it('fail where status, header or shape are others', () => {
    const told = { status: 200, headers: { etag: '"…"' }, body: { id: '…', list: [{ n: 1 }], next: null } };
    const given = {
      status: 200,
      headers: { etag: '"a"', via: 'b' },
      body: { id: 'x', list: [{ n: 1, m: 2 }], next: null },
    };
    const faultsWith = (change: object): string[] => compare(told, { ...given, ...change }).faults;
    expect(faultsWith({})).toEqual([]);
    expect(faultsWith({ status: 500 })).toEqual(['status 500 instead of 200']);
    expect(faultsWith({ headers: {} })).toEqual(['etag is undefined instead of "\\"…\\""']);
    expect(faultsWith({ body: { id: 7, list: [], next: 'x' } })).toEqual([
      'body.id is 7 instead of "…"',
      'body.list has 0 items',
      'body.list[0] is undefined instead of {"n":1}',
      'body.next is "x" instead of null',
    ]);
    expect(compare({ ...told, body: { id: '$ID' } }, given).variables).toEqual({ ID: 'x' });
    expect(compare({ ...told, body: { id: '${ID}' } }, given, { ID: 'y' }).faults).toEqual([
      'body.id is x instead of y',
    ]);
  });
});
