import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, routesOf } from '../../src/kernel/http/openapi/nodes';
import { adviceOfCode, meaningOfCode } from '../../tools/errors/advice';
import { problemsInText, thrownProblems } from '../../tools/errors/thrown-problems';
import { entriesOf, errorsPage } from '../../tools/errors-page';
import { root } from './planted-tree';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const problems = thrownProblems();
const codes = new Set(problems.map(({ code }) => code));

describe('docs/errors.md', () => {
  const page = read('docs/errors.md');
  const anchors = [...page.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id ?? '');

  // Catches: a code that was added, removed or given another status or message without `npm run errors`.
  it('tells every problem as the code has it', () => {
    expect(page).toBe(errorsPage());
  });

  it('has one anchor for every code, so that what follows urn:inbrief:problem: finds its line', () => {
    expect(anchors.length).toBeGreaterThan(150);
    expect(anchors).toEqual([...codes].sort());
  });

  // Catches: a route that documents a code which nothing throws, or whose code was renamed.
  it('explains every code and every problem type that openapi.json names', () => {
    const document = JSON.parse(read('openapi.json')) as Document;
    const named = routesOf(document).flatMap(({ operation }) =>
      Object.entries(operation.responses)
        .filter(([status]) => status >= '400')
        .flatMap(([, { description, content = {} }]) => [
          ...[...description.matchAll(/`([a-z-]+\.[a-z-]+)`/g)].map(([, code]) => code ?? ''),
          ...Object.values(content).map(
            ({ example }) => (example as { type?: string }).type?.replace('urn:inbrief:problem:', '') ?? '',
          ),
        ]),
    );
    expect(named.length).toBeGreaterThan(500);
    expect([...new Set(named)].filter((code) => !anchors.includes(code))).toEqual([]);
  });

  it('advises on codes that exist alone', () => {
    const advised = [...Object.keys(adviceOfCode), ...Object.keys(meaningOfCode)];
    expect(advised.filter((code) => !codes.has(code))).toEqual([]);
  });
});

describe('thrownProblems', () => {
  it('reads kinds and codes from literals, constants, conditions and templates', () => {
    const text = `
      const failed = 'a.failed';
      throw new DomainError('conflict', failed, 'It failed');
      throw new DomainError('gone', now ? 'a.now' : 'a.then', \`After \${days} days\`);
      throw new DomainError('unavailable', \`\${upstream}.busy\`, text);`;
    expect(
      problemsInText(text, ['x', 'y']).map(({ code, status, message }) => [code, status, message]),
    ).toEqual([
      ['a.failed', 409, 'It failed'],
      ['a.now', 410, 'After … days'],
      ['a.then', 410, 'After … days'],
      ['x.busy', 503, undefined],
      ['y.busy', 503, undefined],
    ]);
  });

  // Mutant: a code that is a parameter is skipped, and so missing on the page.
  it('refuses a code that it cannot read', () => {
    expect(() => problemsInText(`new DomainError('conflict', given, 'No')`)).toThrow('hides its code');
    expect(() => problemsInText(`new DomainError(kind, 'a.b', 'No')`)).toThrow('hides its code');
  });

  it('refuses one code of two statuses', () => {
    const text = `new DomainError('conflict', 'a.b', ''); new DomainError('gone', 'a.b', '')`;
    expect(() => entriesOf(problemsInText(text))).toThrow('a.b is 409 and, in text.ts, 410');
  });
});
