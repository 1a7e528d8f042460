import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';

interface DiscoveryDocument {
  schemas: Record<string, Record<string, unknown>>;
}

/** Where the vendor's descriptions lie, beside the repository. */
export const specFolder = resolve(__dirname, '../../../shared/specs/google');

/** Whether the descriptions are there; prints why the specs are skipped when not. */
export function specsPresent(): boolean {
  const present = existsSync(specFolder);
  if (!present) console.warn('skipped: ../shared/specs/google is not beside this repository');
  return present;
}

/**
 * Validators for the schemas of a discovery document. They are strict: a property that the vendor does not describe is
 * an error. Formats are checked as far as the wire shows them: 64-bit numbers and bytes are strings.
 */
export function discoveryValidators(file: string): (schema: string) => ValidateFunction {
  const document = JSON.parse(readFileSync(resolve(specFolder, file), 'utf8')) as DiscoveryDocument;
  const ajv = new Ajv({ strict: false, allErrors: true });
  ajv.addFormat('uint64', /^\d{1,20}$/);
  ajv.addFormat('int64', /^-?\d{1,19}$/);
  ajv.addFormat('byte', /^[\w-]*={0,2}$/);
  for (const format of ['int32', 'uint32'])
    ajv.addFormat(format, { type: 'number', validate: Number.isSafeInteger });
  for (const [id, schema] of Object.entries(document.schemas)) ajv.addSchema(closed(schema) as object, id);
  return (schema) => {
    const validate = ajv.getSchema(schema);
    if (!validate) throw new Error(`no schema ${schema} in ${file}`);
    return validate;
  };
}

// Discovery documents use draft 3's `id`, which later drafts refuse; a missing additionalProperties means none.
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).map(([name, value]: [string, unknown]) => {
    if (name === 'properties') return [name, mapValues(value as object)];
    return [name, closed(value)];
  });
  const copy = Object.fromEntries(entries) as Record<string, unknown>;
  if (typeof copy.id === 'string') delete copy.id;
  if (copy.properties && copy.additionalProperties === undefined) copy.additionalProperties = false;
  return copy;
}

function mapValues(properties: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, closed(value)]));
}
