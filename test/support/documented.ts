import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Document, Operation, Response, Schema } from '../../src/kernel/http/openapi/nodes';

const document = JSON.parse(readFileSync(join(__dirname, '../../openapi.json'), 'utf8')) as Document;
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addSchema(sealed({ $id: 'document', components: document.components }));
const validators = new Map<string, ValidateFunction>();

/** Where it differs, either the code is wrong or the document is old: `npm run openapi` makes it anew. */
const advice = 'Answers that openapi.json does not describe (npm run openapi makes it from the code):';

/** Answers of one application, held against openapi.json. */
export interface Documented {
  readonly answers: number;
  /** @throws Error that names every answer whose status, headers or body the document does not describe. */
  assert(): void;
}

/** Holds every answer that the application gives from now on against the document. Call it before the application listens. */
export function holdAgainstDocument(app: NestFastifyApplication): Documented {
  const faults = new Set<string>();
  const seen = { answers: 0 };
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', (request, reply, payload, done) => {
      const operation = operationOf(request);
      if (operation) {
        seen.answers += 1;
        for (const fault of faultsOf(operation, reply, payload))
          faults.add(`${operation.operationId} answered ${reply.statusCode}: ${fault}`);
      }
      done(null, payload);
    });
  return {
    get answers() {
      return seen.answers;
    },
    assert: () => {
      if (faults.size > 0) throw new Error([advice, ...faults].join('\n  '));
    },
  };
}

/** Routes of a test's own, and those that the document leaves out, have none. */
function operationOf(request: FastifyRequest): Operation | undefined {
  const path = request.routeOptions.url?.replace(/:(\w+)/g, '{$1}') ?? '';
  return document.paths[path]?.[request.method.toLowerCase()];
}

/** What of an answer its operation does not describe. */
export function faultsOf(operation: Operation, reply: FastifyReply, payload: unknown): string[] {
  const status = reply.statusCode;
  const response = operation.responses[status] ?? (status >= 500 ? operation.responses.default : undefined);
  if (!response) return ['there is no such status'];
  return [
    ...faultsOfHeaders(response, reply),
    ...faultsOfBody(`${operation.operationId} ${status}`, response, reply, payload),
  ];
}

function faultsOfHeaders({ headers = {} }: Response, reply: FastifyReply): string[] {
  const given = Object.entries(reply.getHeaders());
  const required = reply.hasHeader('x-request-id') ? [] : ['no X-Request-Id'];
  return Object.keys(headers).reduce((faults, name) => {
    const [, value] = given.find(([header]) => header.toLowerCase() === name.toLowerCase()) ?? [];
    const schema = document.components.headers?.[name]?.schema;
    if (value === undefined || !schema || ajv.validate(schema, String(value))) return faults;
    return [...faults, `${name}: ${String(value)} ${ajv.errorsText()}`];
  }, required);
}

function faultsOfBody(name: string, { content }: Response, reply: FastifyReply, payload: unknown): string[] {
  const isEmpty = payload === undefined || payload === null || payload === '';
  if (!content) return isEmpty ? [] : ['a body where none is described'];
  if (isEmpty) return ['no body'];
  const type = String(reply.getHeader('content-type')).split(';')[0] ?? '';
  const media = content[type];
  if (!media?.schema) return [`the media type ${type} is not described`];
  if (!type.endsWith('json') || typeof payload !== 'string') return [];
  const key = `${name} ${type}`;
  const validate = validators.get(key) ?? ajv.compile(sealed(media.schema));
  validators.set(key, validate);
  if (validate(JSON.parse(payload))) return [];
  return [ajv.errorsText(validate.errors, { dataVar: 'body' })];
}

/** The same schema, in which an object has the properties that are named and no others: a reader must be told of each. */
function sealed<T>(node: T): T {
  if (Array.isArray(node)) return node.map((item: unknown) => sealed(item)) as T;
  if (typeof node !== 'object' || node === null) return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, child]) => [key, sealed(child)])) as Schema;
  if (typeof copy.$ref === 'string') copy.$ref = copy.$ref.replace(/^#/, 'document#');
  if (copy.type === 'object' && copy.properties) copy.additionalProperties ??= false;
  return copy as T;
}
