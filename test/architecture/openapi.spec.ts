import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, routesOf } from '../../src/kernel/http/openapi/nodes';

const document = JSON.parse(readFileSync(join(__dirname, '../../openapi.json'), 'utf8')) as Document;
const routes = routesOf(document);

describe('openapi.json', () => {
  // Mutant: a new POST that says nothing of its repetition.
  it('says of every POST that it takes an Idempotency-Key, or why it needs none', () => {
    const silent = routes.filter(
      ({ method, operation }) =>
        method === 'post' &&
        operation['x-repeats-safely'] === undefined &&
        !operation.parameters?.some(({ name }) => name === 'Idempotency-Key'),
    );
    expect(silent.map(({ operation }) => operation.operationId)).toEqual([]);
  });

  it('describes every group of operations (src/kernel/http/openapi/tags.ts)', () => {
    expect((document.tags ?? []).filter(({ description }) => description === '')).toEqual([]);
  });

  it('names every operation once, and gives every body an example', () => {
    const ids = routes.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { operation } of routes) {
      const bodies = [operation.requestBody, ...Object.values(operation.responses)];
      for (const media of bodies.flatMap((body) => Object.values(body?.content ?? {})))
        expect(Object.keys(media)).toContain('example');
    }
  });
});
