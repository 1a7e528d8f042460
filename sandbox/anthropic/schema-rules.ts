import { invalidRequest } from './errors';

/** The part of JSON schema that structured output knows. */
export interface JsonSchema {
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: unknown;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  allOf?: JsonSchema[];
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
  definitions?: Record<string, JsonSchema>;
  format?: string;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  description?: string;
}

const refused = ['oneOf', 'not', 'if', 'patternProperties', 'prefixItems', 'uniqueItems'] as const;
const numeric = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'] as const;
const textual = ['minLength', 'maxLength'] as const;
const formats = ['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'uri', 'ipv4', 'ipv6', 'uuid'];

/**
 * Refuses with a 400 what structured output does not take: open objects, size limits on numbers, strings and
 * lists, unknown formats, recursion. An application that relied on them here would fail in production.
 */
export function checkOutputSchema(schema: object): void {
  walk(schema, schema, []);
}

function walk(schema: JsonSchema, root: JsonSchema, refs: string[]): void {
  const fail = (reason: string) => invalidRequest(`output_config.format.schema: ${reason}`);
  for (const keyword of [...refused, ...numeric, ...textual, 'maxItems']) {
    if (keyword in schema) throw fail(`'${keyword}' is not supported`);
  }
  if (schema.minItems !== undefined && schema.minItems > 1) throw fail("'minItems' above 1 is not supported");
  if (schema.format !== undefined && !formats.includes(schema.format)) {
    throw fail(`format '${schema.format}' is not supported`);
  }
  const types = [schema.type].flat();
  if (types.includes('object') && schema.additionalProperties !== false) {
    throw fail("For 'object' type, 'additionalProperties' must be explicitly set to false");
  }
  for (const name of schema.required ?? []) {
    if (!schema.properties || !(name in schema.properties))
      throw fail(`required '${name}' is not a property`);
  }
  if (schema.$ref !== undefined) {
    if (refs.includes(schema.$ref)) throw fail('recursive schemas are not supported');
    walk(resolveRef(schema.$ref, root), root, [...refs, schema.$ref]);
  }
  const parts = [schema.items, ...(schema.anyOf ?? []), ...(schema.allOf ?? [])];
  for (const part of [...parts, ...Object.values(schema.properties ?? {})]) if (part) walk(part, root, refs);
}

/** The definition that a local `$ref` names. Throws a 400 for a foreign or a dangling one. */
export function resolveRef(ref: string, root: JsonSchema): JsonSchema {
  const [, table, name] = /^#\/(\$defs|definitions)\/(.+)$/.exec(ref) ?? [];
  const found = table && name ? root[table as '$defs' | 'definitions']?.[name] : undefined;
  if (!found) throw invalidRequest(`output_config.format.schema: cannot resolve '${ref}'`);
  return found;
}
