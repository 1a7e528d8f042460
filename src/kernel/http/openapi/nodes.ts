import type { OpenAPIObject } from '@nestjs/swagger';

/** A schema of OpenAPI 3.1, which is JSON Schema 2020-12, as far as this document uses it. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  pattern?: string;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  example?: unknown;
  description?: string;
  nullable?: boolean;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  minProperties?: number;
  maxProperties?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
}

export interface Media {
  schema?: Schema;
  example?: unknown;
  examples?: unknown;
}

export interface Header {
  $ref?: string;
  description?: string;
  schema?: Schema;
}

export interface Response {
  description: string;
  headers?: Record<string, Header>;
  content?: Record<string, Media>;
}

export interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema?: Schema;
  example?: unknown;
}

export interface Operation {
  operationId: string;
  summary?: string;
  description?: string;
  tags?: string[];
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: Record<string, Media> };
  responses: Record<string, Response>;
  security?: Record<string, string[]>[];
  'x-repeats-safely'?: string;
  'x-uncounted'?: true;
}

export interface Document extends Omit<OpenAPIObject, 'paths' | 'components' | 'tags'> {
  paths: Record<string, Record<string, Operation>>;
  tags?: { name: string; description: string }[];
  components: {
    schemas: Record<string, Schema>;
    headers?: Record<string, Header>;
    securitySchemes?: Record<string, unknown>;
  };
}

export interface Route {
  path: string;
  method: string;
  operation: Operation;
}

export function routesOf(document: Document): Route[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
}

const schemasPath = '#/components/schemas/';

export const nameOfRef = (ref: string): string => ref.slice(schemasPath.length);
export const refTo = (name: string): string => `${schemasPath}${name}`;

/** The schema itself, wherever it stands. */
export function resolve(document: Document, schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  return document.components.schemas[nameOfRef(schema.$ref)] ?? {};
}

/** The schemas right inside a schema. */
export function childrenOf(schema: Schema): Schema[] {
  const { items, properties = {}, additionalProperties, allOf = [], anyOf = [], oneOf = [] } = schema;
  const extra = typeof additionalProperties === 'object' ? [additionalProperties] : [];
  return [...(items ? [items] : []), ...Object.values(properties), ...extra, ...allOf, ...anyOf, ...oneOf];
}
