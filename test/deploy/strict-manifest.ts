import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface Manifest {
  apiVersion: string;
  kind: string;
}

type Model = new () => { validate(): void };

const models = dirname(require.resolve('kubernetes-models/package.json'));

/** What is wrong with a manifest by the Kubernetes API's own schema, unknown fields included; empty when nothing is. */
export function faultsOf(manifest: Manifest): string[] {
  const name = `${manifest.apiVersion} ${manifest.kind}`;
  const file = join(models, ...manifest.apiVersion.split('/'), `${manifest.kind}.js`);
  if (!existsSync(file)) return [`${name}: no such kind`];
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the module's path is the manifest's own words
  const model = (require(file) as Record<string, Model>)[manifest.kind];
  if (!model) return [`${name}: no such kind`];
  const unread = new Set<string>();
  try {
    (model.prototype as { validate: (this: unknown) => void }).validate.call(watched(manifest, name, unread));
  } catch (error) {
    return [`${name}: ${error instanceof Error ? error.message : String(error)}`];
  }
  return [...unread].map((path) => `${path}: unknown field`);
}

/** The API's schemas let unknown fields pass, but a validator reads every field it knows: what it never read is unknown. */
function watched<T extends object>(node: T, path: string, unread: Set<string>): T {
  const pathOf = (key: string): string => `${path}.${key}`;
  if (!Array.isArray(node)) for (const key of Object.keys(node)) unread.add(pathOf(key));
  return new Proxy(node, {
    get: (target, key, receiver): unknown => {
      const value: unknown = Reflect.get(target, key, receiver);
      if (typeof key !== 'string') return value;
      unread.delete(pathOf(key));
      return typeof value === 'object' && value !== null ? watched(value, pathOf(key), unread) : value;
    },
  });
}
