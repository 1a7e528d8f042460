import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './planted-tree';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const filesOf = (folder: string, ending: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));
const all = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, found]) => found ?? '');

/** What of `names` the text does not name. */
const missing = (names: string[], text: string): string[] =>
  names.filter((name) => !text.includes(`\`${name}\``));

describe('docs/architecture.md', () => {
  const text = read('docs/architecture.md');

  it('names every table', () => {
    const tables = filesOf('prisma', '.prisma').flatMap((file) => all(read(file), /@@map\("(\w+)"\)/g));
    expect(tables.length).toBeGreaterThan(20);
    expect(missing(tables, text)).toEqual([]);
  });

  it('names every event', () => {
    const sources = filesOf('src', '.ts').filter((file) => !file.endsWith('.spec.ts'));
    const events = sources.flatMap((file) => all(read(file), /^@Event\('([^']+)'/gm));
    expect(events.length).toBeGreaterThan(10);
    expect(missing(events, text)).toEqual([]);
  });

  it('names every invariant of the ledger', () => {
    const sql = filesOf('prisma/migrations', '.sql').map(read).join('\n');
    const invariants = new Set(all(sql, /select '(I\d+)'/g));
    expect(invariants.size).toBeGreaterThanOrEqual(17);
    expect([...invariants].filter((name) => !new RegExp(`\\b${name}\\b`).test(text))).toEqual([]);
  });
});

describe('docs/security.md', () => {
  const text = read('docs/security.md');

  it('says of every table what it holds of a person', () => {
    const tables = filesOf('prisma', '.prisma').flatMap((file) => all(read(file), /@@map\("(\w+)"\)/g));
    expect(missing(tables, text)).toEqual([]);
  });

  it('names specs that exist', () => {
    const specs = all(text, /`((?:src|test)\/[\w/.-]+\.ts)`/g);
    expect(specs.length).toBeGreaterThan(12);
    expect(specs.filter((spec) => !existsSync(join(root, spec)))).toEqual([]);
  });
});

describe('the documents', () => {
  const pages = ['README.md', 'CHANGELOG.md', ...filesOf('docs', '.md')];

  it('link to pages that exist', () => {
    const dead = pages.flatMap((page) =>
      all(read(page), /\]\(([^)#:]+)(?:#[^)]*)?\)/g)
        .filter((target) => !existsSync(join(root, dirname(page), target)))
        .map((target) => `${page} -> ${target}`),
    );
    expect(dead).toEqual([]);
  });

  it('tell of commands that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const told = pages.flatMap((page) => all(read(page), /npm run (?:--silent )?([a-z][\w:-]*)/g));
    expect(told.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('list every decision', () => {
    const decisions = readdirSync(join(root, 'docs/adr')).filter((name) => /^\d{4}-/.test(name));
    const index = read('docs/adr/README.md');
    expect(decisions.filter((name) => !index.includes(`(${name})`))).toEqual([]);
  });

  it('name the options that each decision refused', () => {
    const silent = filesOf('docs/adr', '.md').filter(
      (page) => !page.endsWith('README.md') && !/^## Refused\n\n- \*\*/m.test(read(page)),
    );
    expect(silent).toEqual([]);
  });
});
