/** The parts of an OpenAPI document that the SDK's resources follow from. */
export interface OpenApiDocument {
  security?: object[];
  paths: Record<string, Record<string, OperationObject>>;
  components: { schemas: Record<string, SchemaObject> };
}
interface OperationObject {
  operationId: string;
  summary?: string;
  description?: string;
  security?: object[];
  deprecated?: boolean;
  parameters?: { name: string; in: string; required?: boolean; description?: string }[];
  requestBody?: { required?: boolean };
  responses: Record<string, { content?: Record<string, { schema?: SchemaObject }> }>;
}
interface SchemaObject {
  $ref?: string;
  properties?: Record<string, unknown>;
}
interface Route {
  method: string;
  path: string;
  operation: OperationObject;
}

/** What Google and Stripe call, and what a browser is sent to: no caller of an SDK has a use for it. */
const notForCallers = new Set(['connections.finish', 'gmail.push', 'billing.webhook']);
/** Names that the language has taken. */
const taken = new Set(['Object', 'Array', 'Date', 'Error', 'Map', 'Set', 'String', 'Number', 'Function']);

/** A class per resource, a method per operation, both named by the operation id (`summaries.list`). */
export function resourcesOf(document: OpenApiDocument): string {
  const groups = new Map<string, Route[]>();
  for (const [path, item] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(item)) {
      if (!('operationId' in operation) || notForCallers.has(operation.operationId)) continue;
      const { group } = nameOf(operation);
      groups.set(group, [...(groups.get(group) ?? []), { method, path, operation }]);
    }
  const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
  const classes = sorted.map(([group, routes]) => classOf(group, routes, document)).join('\n\n');
  const used = ['Answer', 'Body', 'CallOptions', 'Item', 'Query'].filter((name) => classes.includes(name));
  const imports = ['Resource', ...used.map((name) => `type ${name}`)].join(', ');
  return [
    `import { type Http, ${imports} } from '../http/http.ts';`,
    classes.includes('ServerEvent') ? `import type { ServerEvent } from '../http/event-parser.ts';` : '',
    classes.includes('Pages<') ? `import type { Pages } from '../pages.ts';` : '',
    '',
    classes,
    '',
    groupsOf(sorted.map(([group]) => group)),
  ].join('\n');
}

/** Every resource under its name, so that a new one is there without a line by hand. */
function groupsOf(groups: string[]): string {
  const fields = groups.map((group) => `readonly ${group}: ${capital(group)}Resource;`);
  const made = groups.map((group) => `this.${group} = new ${capital(group)}Resource(http);`);
  return `export class Resources {\n${fields.join('\n')}\n\nconstructor(http: Http) {\n${made.join('\n')}\n}\n}\n`;
}

/** `SummaryDto` is `Summary` to a caller. */
export function modelsOf(document: OpenApiDocument): string {
  const names = Object.keys(document.components.schemas).sort();
  const short = (name: string) => name.replace(/Dto$/, '');
  const lines = names
    .filter((name) => !taken.has(short(name)) && (short(name) === name || !names.includes(short(name))))
    .map((name) => `export type ${short(name)} = Schemas['${name}'];`);
  return `import type { components } from './schema.ts';\n\ntype Schemas = components['schemas'];\n\n${lines.join('\n')}\n`;
}

function nameOf({ operationId }: OperationObject): { group: string; name: string } {
  const parts = operationId.split('.');
  const name = parts.pop() ?? operationId;
  const [first = 'api', ...more] = parts;
  return { group: first + more.map(capital).join(''), name };
}

function classOf(group: string, routes: Route[], document: OpenApiDocument): string {
  const methods = [...routes].sort((a, b) => (nameOf(a.operation).name < nameOf(b.operation).name ? -1 : 1));
  const bodies = methods.map((route) => methodOf(route, document)).join('\n\n');
  return `export class ${capital(group)}Resource extends Resource {\n${bodies}\n}`;
}

function methodOf({ method, path, operation }: Route, document: OpenApiDocument): string {
  const id = operation.operationId;
  const parameters = operation.parameters ?? [];
  const pathNames = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  const query = parameters.filter((parameter) => parameter.in === 'query');
  const content = Object.entries(operation.responses).find(([status]) => status.startsWith('2'))?.[1].content;
  const media = Object.keys(content ?? {})[0];
  const isPaged = query.some(({ name }) => name === 'cursor') && answersPage(content, document);
  const args = pathNames.map((name) => `${name}: string`);
  const fields: string[] = [];
  if (pathNames.length > 0) fields.push(`path: { ${pathNames.join(', ')} }`);
  if (operation.requestBody) {
    args.push(operation.requestBody.required === false ? `body?: Body<'${id}'>` : `body: Body<'${id}'>`);
    fields.push('body');
  }
  if (query.length > 0) {
    args.push(query.some(({ required }) => required) ? `query: Query<'${id}'>` : `query?: Query<'${id}'>`);
    fields.push('query');
  }
  if (!(operation.security ?? document.security)?.length) fields.push('open: true');
  if (parameters.some(({ name }) => name.toLowerCase() === 'idempotency-key')) fields.push('keyed: true');
  if (media?.startsWith('text/') && media !== 'text/event-stream') fields.push(`as: 'text'`);
  args.push('options?: CallOptions');
  const { name } = nameOf(operation);
  const call = `{ ${fields.join(', ')} }`;
  const says = commentOf(operation, `${method.toUpperCase()} ${path}`);
  if (media === 'text/event-stream')
    return `${says}${name}(${args.join(', ')}): AsyncGenerator<ServerEvent, void, undefined> { return this.http.events('${path}', ${call}, options); }`;
  if (isPaged)
    return `${says}${name}(${args.join(', ')}): Pages<Item<'${id}'>> { return this.http.pages<'${id}'>('${path}', ${call}, options); }`;
  return `${says}${name}(${args.join(', ')}): Promise<Answer<'${id}'>> { return this.http.call<'${id}'>('${method.toUpperCase()}', '${path}', ${call}, options); }`;
}

function answersPage(
  content: OperationObject['responses'][string]['content'],
  document: OpenApiDocument,
): boolean {
  const schema = content?.['application/json']?.schema;
  const name = schema?.$ref?.split('/').at(-1);
  const page = name === undefined ? schema : document.components.schemas[name];
  return Boolean(page?.properties?.data && page.properties.nextCursor);
}

function commentOf({ summary, description, deprecated }: OperationObject, route: string): string {
  // A description of its own says more than the summary; the others begin with it.
  const said = description?.startsWith(summary ?? '') ? [description] : [summary, description];
  const text = said.filter(Boolean).join('\n\n').replaceAll('*/', '*\\/');
  const lines = [...(text === '' ? [] : text.split('\n')), ...(text === '' ? [] : ['']), `\`${route}\``];
  if (deprecated) lines.push('@deprecated');
  return `/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join('\n')}\n */\n`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
