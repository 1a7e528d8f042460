import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { titleOf } from '../src/kernel/http/problem';
import { adviceOfCode, adviceOfKind, meaningOfCode, meaningOfPolicy } from './errors/advice';
import { reasonsOfJobs, type ThrownProblem, thrownProblems } from './errors/thrown-problems';

const page = join(__dirname, '..', 'docs/errors.md');

const head = `# Errors

Made from the code by \`npm run errors\`; change it there.

Every error answer is \`application/problem+json\` (RFC 9457):

\`\`\`json
{
  "type": "urn:inbrief:problem:request.invalid",
  "title": "Bad Request",
  "status": 400,
  "detail": "The request is not valid.",
  "code": "request.invalid",
  "requestId": "0197f5a2-7c1e-7d3a-9a55-1f2e3d4c5b6a",
  "faults": [{ "path": "/email", "message": "email must be an email" }]
}
\`\`\`

- Branch on \`code\`: it never changes its meaning or its status. \`detail\` is for people and may change.
- What follows \`urn:inbrief:problem:\` in \`type\` is the code, and the anchor of its line on this page.
- \`requestId\` stands in \`X-Request-Id\` too and leads us to our logs. Quote it when you ask for help.
- A 429 or 503 says in \`Retry-After\` when to try again, where that is known. A POST is repeated under its \`Idempotency-Key\`.
- The same codes stand on jobs and runs, as \`reasonCode\`; there the status means nothing.
`;

interface Entry {
  code: string;
  status: number;
  kind: ThrownProblem['kind'];
  messages: string[];
}

/** The text of `docs/errors.md`: every code, its status, what it means and what a caller should do, module by module. */
export function errorsPage(): string {
  const entries = entriesOf(thrownProblems());
  const modules = [...new Set(entries.map(({ code }) => moduleOf(code)))];
  return [
    head,
    ...modules.flatMap((module) => [
      `## ${module}\n`,
      ...entries.filter(({ code }) => moduleOf(code) === module).map(line),
      '',
    ]),
    '## Reasons of ended jobs\n',
    'Beside the codes above, a job or a run that ended without a summary says one of these.\n',
    ...reasonsOfJobs().map(({ code, comment }) => `- \`${code}\`: ${comment}`),
    '',
  ].join('\n');
}

/**
 * The entries of the page, in order.
 * @throws Error where one code comes with two statuses, for a caller that branches on it could not know which.
 */
export function entriesOf(problems: ThrownProblem[]): Entry[] {
  const entries = new Map<string, Entry>();
  for (const { code, status, kind, message, file } of problems) {
    const entry = entries.get(code) ?? { code, status, kind, messages: [] };
    if (entry.status !== status) throw new Error(`${code} is ${entry.status} and, in ${file}, ${status}`);
    if (message !== undefined && !entry.messages.includes(sentence(message)))
      entry.messages.push(sentence(message));
    entries.set(code, entry);
  }
  return [...entries.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}

function line({ code, status, kind, messages }: Entry): string {
  const meaning =
    meaningOfCode[code] ?? (messages.join(' Or: ') || meaningOfPolicy[code.split('.')[1] ?? '']);
  const advice = adviceOfCode[code] ?? adviceOfKind[kind];
  if (meaning === undefined) throw new Error(`tools/errors/advice.ts does not say what ${code} means`);
  return `- <a id="${code}"></a>\`${code}\` (${status} ${titleOf(status)}): ${meaning} **Do:** ${advice}`;
}

const moduleOf = (code: string): string => code.split('.')[0] ?? '';
const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** `tsx tools/errors-page.ts`: writes it. */
if (require.main === module) writeFileSync(page, errorsPage());
