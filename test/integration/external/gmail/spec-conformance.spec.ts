import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { discoveryValidators, specFolder } from '../../../../sandbox/google/discovery-schemas';
import { RenewWatch, RequestActions, WalkMailbox } from '../../../../src/gmail/contracts';
import { ListLabels } from '../../../../src/gmail/list-labels/list-labels.handler';
import { ApplyActions } from '../../../../src/gmail/apply-actions/apply-actions.handler';
import { upstreamFetch } from '../../../../src/kernel/resilience/upstream-fetch';
import { type GmailApp, mail, startGmailApp } from './gmail-app';

interface Method {
  httpMethod: string;
  path: string;
  parameters?: Record<string, { location: string; enum?: string[]; repeated?: boolean; maximum?: string }>;
  request?: { $ref: string };
}
interface Resource {
  methods?: Record<string, Method>;
  resources?: Record<string, Resource>;
}
interface Call {
  verb: string;
  url: string;
  body: string | undefined;
}

jest.mock('../../../../src/kernel/resilience/upstream-fetch', () => {
  const wire = '../../../../src/kernel/resilience/upstream-fetch';
  return { upstreamFetch: jest.fn(jest.requireActual<{ upstreamFetch: typeof fetch }>(wire).upstreamFetch) };
});

const file = resolve(specFolder, 'gmail.v1.json');
const present = existsSync(file);
if (!present) process.stdout.write('Skipped: ../shared/specs/google is not beside this repository\n');

/** Every method of the description, with a pattern for its path. */
function describedMethods(resource: Resource): { method: Method; pattern: RegExp }[] {
  const own = Object.values(resource.methods ?? {}).map((method) => ({
    method,
    pattern: new RegExp(`^/${method.path.replace(/\{\+?\w+\}/g, '[^/]+')}$`),
  }));
  return [...own, ...Object.values(resource.resources ?? {}).flatMap(describedMethods)];
}

(present ? describe : describe.skip)('what we send to Google', () => {
  let gmail: GmailApp;
  beforeAll(async () => {
    gmail = await startGmailApp({ google: { largeTextBytes: 500 } });
  });
  afterAll(() => gmail.close());

  it('is what its description allows: methods, parameters and bodies', async () => {
    await exercise(gmail);
    const document = JSON.parse(readFileSync(file, 'utf8')) as Resource & {
      parameters: Record<string, unknown>;
    };
    const methods = describedMethods(document);
    const validators = discoveryValidators('gmail.v1.json');
    const used = new Set<string>();
    for (const { verb, url, body } of jest.mocked(upstreamFetch).mock.calls.flatMap(callsOf)) {
      const { pathname, searchParams } = new URL(url, 'http://google.test');
      const found = methods.find(
        ({ method, pattern }) => method.httpMethod === verb && pattern.test(pathname),
      );
      expect([verb, pathname, found !== undefined]).toEqual([verb, pathname, true]);
      const { method } = found!;
      used.add(`${verb} ${method.path}`);
      for (const name of new Set(searchParams.keys())) {
        const described = method.parameters?.[name];
        expect([
          url,
          name,
          described?.location ?? (name in document.parameters ? 'query' : 'unknown'),
        ]).toEqual([url, name, 'query']);
        const values = searchParams.getAll(name);
        if (!described?.repeated) expect(values).toHaveLength(1);
        if (described?.enum) expect(described.enum).toEqual(expect.arrayContaining(values));
        if (described?.maximum) expect(Number(values[0])).toBeLessThanOrEqual(Number(described.maximum));
      }
      if (method.request && body !== undefined) {
        const validate = validators(method.request.$ref);
        validate(JSON.parse(body));
        expect([url, validate.errors]).toEqual([url, null]);
      }
    }
    expect([...used].sort()).toEqual([
      'GET gmail/v1/users/{userId}/history',
      'GET gmail/v1/users/{userId}/labels',
      'GET gmail/v1/users/{userId}/messages',
      'GET gmail/v1/users/{userId}/messages/{id}',
      'GET gmail/v1/users/{userId}/messages/{messageId}/attachments/{id}',
      'GET gmail/v1/users/{userId}/profile',
      'POST gmail/v1/users/{userId}/messages/{id}/modify',
      'POST gmail/v1/users/{userId}/watch',
    ]);
  });
});

function callsOf([input, init]: Parameters<typeof fetch>): Call[] {
  const { pathname, search } = new URL(input instanceof Request ? input.url : input);
  const body = typeof init?.body === 'string' ? init.body : undefined;
  if (pathname.startsWith('/batch')) return callsInBatch(body ?? '');
  return pathname.startsWith('/gmail/')
    ? [{ verb: init?.method ?? 'GET', url: pathname + search, body }]
    : [];
}

function callsInBatch(body: string): Call[] {
  const lines = [...body.matchAll(/^(GET|POST) (\S+)\r?$/gm)];
  return lines.map(([, verb = '', url = '']) => ({ verb, url, body: undefined }));
}

/** Every call of ours, at least once. */
async function exercise(gmail: GmailApp): Promise<void> {
  const long = { raw: Buffer.from(`From: a@b.test\r\nSubject: Long\r\n\r\n${'word '.repeat(500)}\r\n`) };
  const box = await gmail.connected([mail(1), long], { actions: true });
  const walk = () => gmail.commands.execute(new WalkMailbox(box.userId, box.connectionId, uuidv7()));
  await walk();
  box.mailbox.add([mail(2)]);
  await walk();
  await gmail.commands.execute(new RenewWatch(box.userId, box.connectionId));
  const rows = await gmail.sql<{ id: string }>(`select id from email_discoveries where connection_id = $1`, [
    box.connectionId,
  ]);
  for (const { id } of rows) await gmail.fetch(box.userId, id);
  await gmail.queries.execute(new ListLabels(box.userId, box.connectionId));
  const request = new RequestActions(box.userId, uuidv7(), [rows[0]!.id], { kind: 'star' }, 'user');
  const actions = await gmail.commands.execute(request);
  await gmail.commands.execute(
    new ApplyActions(
      box.userId,
      actions.map(({ id }) => id),
    ),
  );
}
