import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const root = join(__dirname, '..');
const source = join(root, 'src/kernel/config/env.dto.ts');

const head = `# Every variable of src/kernel/config/env.dto.ts, made by \`npm run env:example\`.
# What has no default must be set; what is commented out shows its default, or nothing where it may stay unset.
# Use it as \`node --env-file=.env dist/packed/api.js\`, or as docker compose's env_file. \`npm run demo\` and \`npm start\` need none.
`;

/** One variable of EnvDto, as its source has it. */
export interface EnvVariable {
  name: string;
  doc: string[];
  required: boolean;
  /** As a shell would set it; empty where it has none. */
  fallback: string;
}

/** Every variable of EnvDto, in its order. @throws Error naming each one that has no doc comment. */
export function envVariables(): EnvVariable[] {
  const file = ts.createSourceFile(source, readFileSync(source, 'utf8'), ts.ScriptTarget.ES2022, true);
  const env = file.statements.find(ts.isClassDeclaration);
  const variables = env?.members.filter(ts.isPropertyDeclaration) ?? [];
  const silent = variables.filter((variable) => docOf(variable).length === 0).map(nameOf);
  if (silent.length > 0) throw new Error(`EnvDto does not say what these are for: ${silent.join(', ')}`);
  return variables.map((variable) => ({
    name: nameOf(variable),
    doc: docOf(variable),
    required: variable.exclamationToken !== undefined,
    fallback: defaultOf(variable.initializer),
  }));
}

/** The text of `.env.example`. */
export function envExample(): string {
  return [head, ...envVariables().map(entry)].join('\n');
}

function entry({ name, doc, required, fallback }: EnvVariable): string {
  const lines = doc.map((line) => `# ${line}\n`);
  return `${lines.join('')}${required ? '' : '# '}${name}=${fallback}\n`;
}

function nameOf(variable: ts.PropertyDeclaration): string {
  return variable.name.getText();
}

function docOf(variable: ts.PropertyDeclaration): string[] {
  return ts
    .getJSDocCommentsAndTags(variable)
    .flatMap((doc) => ts.getTextOfJSDocComment(doc.comment)?.split('\n') ?? []);
}

function defaultOf(initializer: ts.Expression | undefined): string {
  if (!initializer) return '';
  if (ts.isStringLiteral(initializer)) return initializer.text;
  if (ts.isArrayLiteralExpression(initializer)) return initializer.elements.map(defaultOf).join(',');
  return initializer.getText().replaceAll('_', '');
}

/** `tsx tools/env-example.ts`: writes it. */
if (require.main === module) writeFileSync(join(root, '.env.example'), envExample());
