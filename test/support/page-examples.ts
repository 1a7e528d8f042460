import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** One step of a page: a command with the answer it is told to get, or what a person does in a browser. */
export interface Step {
  /** The first line, to be read in a test's name. */
  title: string;
  command?: string;
  /** The command is repeated until the answer comes. */
  until?: boolean;
  answer?: Answer;
  /** `consent` or `pay`, and the variable with the address. */
  visit?: { what: string; variable: string };
}

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

export type Variables = Record<string, string>;

/** The steps of a page in Markdown, in its order: `sh` blocks with the `http` block after each, and `<!-- consent $URL -->`. */
export function stepsOf(page: string): Step[] {
  const blocks = page.matchAll(
    /```(sh|sh until)\n([^`]*curl.*?)```\n+```http\n(.*?)```|<!-- (\w+) \$(\w+) -->/gs,
  );
  return [...blocks].map(([, kind, command = '', answer = '', what = '', variable = '']) =>
    what
      ? { title: `${what} at $${variable}`, visit: { what, variable } }
      : {
          title: command.split('\n')[0] ?? '',
          command: command.trim(),
          until: kind === 'sh until',
          answer: answerOf(answer),
        },
  );
}

/** Runs the command as a shell does, with the variables as its environment, and reads what `curl -i` printed. */
export async function run(command: string, variables: Variables): Promise<Answer> {
  const { stdout } = await promisify(execFile)(
    'sh',
    ['-ec', command.replace(/^curl /, 'curl --silent --show-error ')],
    {
      env: { PATH: process.env.PATH, ...variables },
      timeout: 20_000,
    },
  );
  return answerOf(stdout.replace(/\r\n/g, '\n'));
}

function answerOf(text: string): Answer {
  const [head = '', ...rest] = text.split('\n\n');
  const [first = '', ...lines] = head.trim().split('\n');
  const headers = Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  );
  const body = rest.join('\n\n').trim();
  return { status: Number(first.split(' ')[1]), headers, body: bodyOf(body, headers['content-type']) };
}

function bodyOf(text: string, contentType: string | undefined): unknown {
  if (text === '') return undefined;
  return contentType === 'text/event-stream' ? text : JSON.parse(text);
}

/**
 * Where an answer is not what the page tells, and the variables that it gives. `…` stands for any text; what the page leaves out of an
 * object may be anything, and an empty list may have anything in it.
 */
export function compare(
  told: Answer,
  given: Answer,
  known: Variables = {},
): { faults: string[]; variables: Variables } {
  const variables: Variables = {};
  const faults = told.status === given.status ? [] : [`status ${given.status} instead of ${told.status}`];
  for (const [name, text] of Object.entries(told.headers)) walk(text, given.headers[name], name);
  walk(told.body, given.body, 'body');
  return { faults, variables };

  function walk(expected: unknown, actual: unknown, place: string): void {
    if (Array.isArray(expected) && Array.isArray(actual)) {
      if (expected.length > 0 && actual.length < expected.length)
        faults.push(`${place} has ${actual.length} items`);
      expected.forEach((item, index) => walk(item, actual[index], `${place}[${index}]`));
    } else if (isObject(expected) && isObject(actual)) {
      for (const [key, value] of Object.entries(expected)) walk(value, actual[key], `${place}.${key}`);
    } else if (typeof expected === 'string' && typeof actual === 'string') {
      const same = expected.replace(/\$\{(\w+)\}/g, (_, name: string) => known[name] ?? '');
      if (/^\$\w/.test(expected)) variables[expected.slice(1)] = actual;
      else if (!matches(same, actual)) faults.push(`${place} is ${actual} instead of ${same}`);
    } else if (expected !== actual) {
      faults.push(`${place} is ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`);
    }
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function matches(expected: string, actual: string): boolean {
  const parts = expected.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+')}$`, 's').test(actual);
}
