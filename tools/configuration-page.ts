import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allSettings, type Setting } from '../src/kernel/system-config/setting';
import { type EnvVariable, envVariables } from './env-example';

const root = join(__dirname, '..');
const page = join(root, 'docs/configuration.md');

const head = `# Configuration

Made from the code by \`npm run docs:configuration\`; change it there.

What needs a restart is an environment variable. What should act at once is a setting: \`npx inbrief config\` and
\`/api/admin/config\` show and change it, every change is checked, versioned and kept with who and why, and it acts in every process
within seconds. Nothing is both ([ADR 14](adr/0014-settings-are-polled-not-pushed.md)).
\`npx inbrief doctor\` looks at the installation and says the mend for what is wrong with it.
`;

/** The text of `docs/configuration.md`: every environment variable and every setting, with doc, bounds and default. */
export function configurationPage(): string {
  loadSettings();
  return [
    head,
    '## Environment variables\n',
    'Read once, when a process starts; all faults are told together and the process exits 1. An empty value counts as unset.\n',
    ...envVariables().map(variableEntry),
    '\n## Settings\n',
    ...allSettings().map(settingEntry),
    '',
  ].join('\n');
}

/** A module's settings register themselves when their file is loaded. */
function loadSettings(): void {
  const source = join(root, 'src');
  for (const name of readdirSync(source, { recursive: true, encoding: 'utf8' }).sort())
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- the files are found, not known
    if (name.endsWith('.settings.ts')) require(join(source, name));
}

function variableEntry({ name, doc, required, fallback }: EnvVariable): string {
  const state = required ? '**required**' : fallback === '' ? 'may stay unset' : `default \`${fallback}\``;
  return `- \`${name}\` (${state}): ${doc.join(' ')}`;
}

function settingEntry({ key, doc, type, fallback }: Setting): string {
  return `- \`${key}\`: ${doc}\n  Must be ${type.describe}. Default \`${JSON.stringify(fallback)}\`.`;
}

/** `tsx tools/configuration-page.ts`: writes it. */
if (require.main === module) writeFileSync(page, configurationPage());
