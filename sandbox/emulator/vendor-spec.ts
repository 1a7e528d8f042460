import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';

interface Operation {
  responses: Record<string, { content?: Record<string, { schema?: object }> } | undefined>;
}
interface OpenApi {
  paths: Record<string, Record<string, Operation | undefined> | undefined>;
}

/** Checks answers against a vendor's published OpenAPI description. */
export interface VendorSpec {
  /** What is wrong with the answer of an operation, as readable lines; empty when it fits. */
  faults(method: string, path: string, status: number, answer: unknown): string[];
}

/**
 * The description at `shared/specs/<file>` beside the repository, or undefined where it is absent: the vendors'
 * descriptions are not ours to ship, so tests that need one skip without it.
 */
export function loadVendorSpec(file: string): VendorSpec | undefined {
  const path = join(__dirname, '../../../shared/specs', file);
  if (!existsSync(path)) return undefined;
  const spec = JSON.parse(readFileSync(path, 'utf8')) as OpenApi;
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, discriminator: false });
  ajv.addSchema(withoutNullable(spec) as object, 'spec');
  const compiled = new Map<string, ValidateFunction>();
  return {
    faults(method, path, status, answer) {
      const pointer = responsePointer(spec, method.toLowerCase(), path, status);
      if (!pointer) return [`no description of ${method} ${path} ${status}`];
      const validate = compiled.get(pointer) ?? ajv.compile({ $ref: `spec#${pointer}` });
      compiled.set(pointer, validate);
      if (validate(answer)) return [];
      return (validate.errors ?? []).map(
        (error) => `${error.instancePath} ${error.message ?? error.keyword}`,
      );
    },
  };
}

function responsePointer(spec: OpenApi, method: string, path: string, status: number): string | undefined {
  const responses = spec.paths[path]?.[method]?.responses ?? {};
  const code = [String(status), `${String(status)[0] ?? ''}XX`, 'default'].find((key) => responses[key]);
  const [type] = Object.keys((code && responses[code]?.content) ?? {});
  if (!code || !type) return undefined;
  const escape = (part: string) => encodeURIComponent(part.replace(/~/g, '~0').replace(/\//g, '~1'));
  const parts = ['paths', path, method, 'responses', code, 'content', type, 'schema'];
  return `/${parts.map(escape).join('/')}`;
}

/** OpenAPI 3.0 says `nullable`, JSON schema a union with null. */
function withoutNullable(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutNullable);
  if (typeof node !== 'object' || node === null) return node;
  const { nullable, discriminator: _, ...rest } = node as Record<string, unknown>;
  const entries = Object.entries(rest).map(([key, value]) => [key, withoutNullable(value)] as const);
  const converted = Object.fromEntries(entries);
  return nullable === true ? { anyOf: [converted, { type: 'null' }] } : converted;
}
