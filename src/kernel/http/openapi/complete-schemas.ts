import { childrenOf, type Document, nameOfRef, refTo, resolve, routesOf, type Schema } from './nodes';

/** Bounds that hold where no DTO states closer ones. */
const limits = {
  /** Characters of a text in an answer. */
  text: 65_536,
  /** Characters of an input that a pattern describes; every pattern is shorter. */
  patterned: 255,
  items: 10_000,
  properties: 1_000,
};

const lengthOfFormat: Record<string, number> = {
  uuid: 36,
  'date-time': 35,
  date: 10,
  email: 254,
  uri: 2_048,
};

/** Ids of other systems, and ids whose shape is the caller's own. */
const foreignIds = new Set([
  'messageId',
  'gmailMessageId',
  'gmailThreadId',
  'packageId',
  'labelId',
  'listId',
  'requestId',
  'targetId',
]);

/** What a property's name promises of its text, throughout the API. */
const promisesOfNames: [RegExp, Schema][] = [
  [/^id$|Id$/, { format: 'uuid' }],
  [/(?:At|Until|Since)$/, { format: 'date-time' }],
  [/^email(Address)?$/, { format: 'email' }],
  [/^url$|Url$/, { format: 'uri' }],
  [/^currency$/, { pattern: '^[a-z]{3}$', minLength: 3, maxLength: 3 }],
];

/**
 * Says of every schema what the code means and its types cannot tell: JSON Schema's own null, whole numbers, formats,
 * bounds, and that an input has no properties but those named. What a DTO states itself stays.
 */
export function completeSchemas(document: Document): void {
  dropSuffixes(document);
  const inputs = inputsOf(document);
  for (const [name, schema] of Object.entries(document.components.schemas))
    complete(schema, name, inputs.has(schema));
  for (const { operation } of routesOf(document)) {
    for (const { schema, name } of operation.parameters ?? []) if (schema) complete(schema, name, true);
    const answers = Object.values(operation.responses).flatMap(({ content = {} }) => Object.values(content));
    for (const { schema } of Object.values(operation.requestBody?.content ?? {}))
      if (schema) complete(schema, '', true);
    for (const { schema } of answers) if (schema) complete(schema, '', false);
  }
}

function complete(schema: Schema, name: string, isInput: boolean): void {
  flattenReference(schema);
  makeWhole(schema);
  const [type] = [schema.type].flat();
  if (type === 'integer') boundInteger(schema);
  if (type === 'string') boundText(schema, name, isInput);
  if (type === 'array') schema.maxItems ??= limits.items;
  if (type === 'object') closeObject(schema, isInput);
  // Copies: the decorators' own lists serve the next document too.
  if (schema.enum) schema.enum = [...schema.enum].sort();
  sayNull(schema);
  for (const [property, child] of Object.entries(schema.properties ?? {})) complete(child, property, isInput);
  const inner = schema.properties ? childrenOf({ ...schema, properties: undefined }) : childrenOf(schema);
  for (const child of inner) complete(child, schema.items === child ? name : '', isInput);
}

/** `allOf` around one reference is how 3.0 put a description beside it. */
function flattenReference(schema: Schema): void {
  const only = schema.allOf?.length === 1 ? schema.allOf[0] : undefined;
  if (only?.$ref === undefined) return;
  delete schema.allOf;
  delete schema.type;
  schema.$ref = only.$ref;
}

/** A number is a count, an amount in minor units or a duration, unless its DTO gives it a format. */
function makeWhole(schema: Schema): void {
  if (schema.type === 'number' && schema.format === undefined) schema.type = 'integer';
}

function boundInteger(schema: Schema): void {
  schema.minimum ??= Number.MIN_SAFE_INTEGER;
  schema.maximum ??= Number.MAX_SAFE_INTEGER;
  schema.format ??= schema.maximum < 2 ** 31 && schema.minimum >= -(2 ** 31) ? 'int32' : 'int64';
}

function boundText(schema: Schema, name: string, isInput: boolean): void {
  // `@example 492031` in a comment is read as a number.
  if (typeof schema.example === 'number') schema.example = String(schema.example);
  if (schema.enum) return;
  const isStated = schema.format !== undefined || schema.pattern !== undefined;
  const promised = promisesOfNames.find(([names]) => names.test(name) && !foreignIds.has(name))?.[1];
  if (!isStated && !(isInput && schema.maxLength !== undefined))
    Object.assign(schema, promised, { ...schema });
  const ofFormat = lengthOfFormat[schema.format ?? ''];
  schema.maxLength ??= ofFormat ?? (isInput ? limits.patterned : limits.text);
}

function closeObject(schema: Schema, isInput: boolean): void {
  if (!schema.properties) schema.additionalProperties ??= true;
  else if (isInput) schema.additionalProperties ??= false;
  if (typeof schema.additionalProperties === 'object') schema.maxProperties ??= limits.properties;
}

function sayNull(schema: Schema): void {
  if (!schema.nullable) return;
  delete schema.nullable;
  if (schema.$ref !== undefined) {
    schema.anyOf = [{ $ref: schema.$ref }, { type: 'null' }];
    delete schema.$ref;
  } else if (typeof schema.type === 'string') {
    schema.type = [schema.type, 'null'];
    if (schema.enum) schema.enum = [...schema.enum, null];
  }
}

/** A reader of an SDK knows no DTOs. */
function dropSuffixes(document: Document): void {
  const renamed = new Map<string, string>();
  for (const name of Object.keys(document.components.schemas)) renamed.set(name, name.replace(/Dto$/, ''));
  if (new Set(renamed.values()).size < renamed.size) throw new Error('Two schemas have the same name');
  document.components.schemas = Object.fromEntries(
    Object.entries(document.components.schemas)
      .map(([name, schema]) => [renamed.get(name) ?? name, schema] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  eachNode(document, (node) => {
    if (typeof node.$ref === 'string' && renamed.has(nameOfRef(node.$ref)))
      node.$ref = refTo(renamed.get(nameOfRef(node.$ref)) ?? '');
  });
}

/** Every schema that a request can bring, through all references. */
function inputsOf(document: Document): Set<Schema> {
  const found = new Set<Schema>();
  const open = routesOf(document).flatMap(({ operation }) =>
    Object.values(operation.requestBody?.content ?? {}).flatMap(({ schema }) => schema ?? []),
  );
  for (let next = open.pop(); next; next = open.pop()) {
    const schema = resolve(document, next);
    if (found.has(schema)) continue;
    found.add(schema);
    open.push(...childrenOf(schema));
  }
  return found;
}

function eachNode(node: unknown, visit: (node: Record<string, unknown>) => void): void {
  if (typeof node !== 'object' || node === null) return;
  if (!Array.isArray(node)) visit(node as Record<string, unknown>);
  for (const child of Object.values(node)) eachNode(child, visit);
}
