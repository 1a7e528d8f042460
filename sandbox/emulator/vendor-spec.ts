import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';

interface Body {
  content?: Record<string, { schema?: object }>;
}
interface Operation {
  parameters?: { in: string; name: string; schema?: object }[];
  requestBody?: Body;
  responses: Record<string, Body | undefined>;
}
interface OpenApi {
  paths: Record<string, Record<string, Operation | undefined> | undefined>;
}

/** Checks calls against a vendor's published OpenAPI description; every fault is one readable line. */
export interface VendorSpec {
  /** What is wrong with an answer. `path` is the called one or the description's own. */
  answerFaults(method: string, path: string, status: number, answer: unknown): string[];
  /** What is wrong with a request's body; text is taken for numbers and booleans, as forms have nothing else. */
  requestFaults(method: string, path: string, body: unknown): string[];
}

/**
 * The description at `shared/specs/<file>` beside the repository, or undefined where it is absent: the vendors'
 * descriptions are not ours to ship, so tests that need one skip without it.
 */
export function loadVendorSpec(file: string): VendorSpec | undefined {
  const path = join(__dirname, '../../../shared/specs', file);
  if (!existsSync(path)) return undefined;
  const spec = JSON.parse(readFileSync(path, 'utf8')) as OpenApi;
  const plain = withoutNullable(spec) as OpenApi;
  const strict = validators(plain, false);
  const lenient = validators(plain, true);
  const find = pathFinder(spec);
  return {
    answerFaults(method, calledPath, status, answer) {
      const { operation, pointer } = find(method, calledPath);
      const code = [String(status), `${String(status)[0] ?? ''}XX`, 'default'].find(
        (key) => operation?.responses[key],
      );
      const content = code && contentPointer(operation?.responses[code]);
      if (!code || !content) return [`no description of ${method} ${calledPath} ${status}`];
      return strict([...pointer, 'responses', code, ...content], answer);
    },
    requestFaults(method, calledPath, body) {
      const { operation, pointer } = find(method, calledPath);
      if (!operation) return [`no description of ${method} ${calledPath}`];
      const content = contentPointer(operation.requestBody);
      const isRead = method.toUpperCase() === 'GET';
      // Coercion writes into what it checks.
      if (content && !isRead) return lenient([...pointer, 'requestBody', ...content], structuredClone(body));
      const parameters = operation.parameters ?? [];
      return Object.entries(body ?? {}).flatMap(([name, value]) => {
        const index = parameters.findIndex((parameter) => parameter.name.replace(/\[\]$/, '') === name);
        if (index < 0) return [`${name} is no parameter of ${method} ${calledPath}`];
        return lenient([...pointer, 'parameters', String(index), 'schema'], structuredClone(value));
      });
    },
  };
}

function validators(spec: OpenApi, coerceTypes: boolean): (pointer: string[], value: unknown) => string[] {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, coerceTypes });
  ajv.addSchema(spec, 'spec');
  const compiled = new Map<string, ValidateFunction>();
  const escape = (part: string) => encodeURIComponent(part.replace(/~/g, '~0').replace(/\//g, '~1'));
  return (pointer, value) => {
    const ref = `spec#/${pointer.map(escape).join('/')}`;
    const validate = compiled.get(ref) ?? ajv.compile({ $ref: ref });
    compiled.set(ref, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(({ instancePath, message, params }) =>
      [instancePath, message, JSON.stringify(params)].join(' '),
    );
  };
}

function contentPointer(body: Body | undefined): string[] | undefined {
  const [type] = Object.keys(body?.content ?? {});
  return type === undefined ? undefined : ['content', type, 'schema'];
}

/** Finds the operation of a called path; of two templates that fit, the one with fewer parameters. */
function pathFinder(spec: OpenApi) {
  const templates = Object.keys(spec.paths)
    .map((path) => ({
      path,
      pattern: new RegExp(`^${path.replace(/[.?+]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+')}$`),
    }))
    .sort((a, b) => a.path.split('{').length - b.path.split('{').length);
  return (method: string, called: string): { operation?: Operation; pointer: string[] } => {
    const path = spec.paths[called]
      ? called
      : (templates.find(({ pattern }) => pattern.test(called))?.path ?? '');
    const verb = method.toLowerCase();
    return { operation: spec.paths[path]?.[verb], pointer: ['paths', path, verb] };
  };
}

/** OpenAPI 3.0 says `nullable`, JSON schema a union with null. */
function withoutNullable(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutNullable);
  if (typeof node !== 'object' || node === null) return node;
  const { nullable, discriminator: _, ...rest } = node as Record<string, unknown>;
  const converted = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, withoutNullable(value)]),
  );
  return nullable === true ? { anyOf: [converted, { type: 'null' }] } : converted;
}
