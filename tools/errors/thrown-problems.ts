import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import type { ErrorKind } from '../../src/kernel/errors/domain-error';
import { frameworkFaults, statusOfKind, unexpected } from '../../src/kernel/http/problem';

/** One `new DomainError(kind, code, message)`, or one answer of the framework. */
export interface ThrownProblem {
  /** `module.kebab-code`; a part in angle brackets stands for a vendor's own word. */
  code: string;
  status: number;
  kind: ErrorKind;
  /** The detail, `…` for what varies; undefined where it is composed elsewhere. */
  message: string | undefined;
  /** Where it is thrown, from the root of the sources. */
  file: string;
}

const sources = join(__dirname, '..', '..', 'src');

/**
 * Every problem that the sources define, read from their syntax trees; throws where a kind or a code is no literal that a reader
 * could find.
 */
export function thrownProblems(): ThrownProblem[] {
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts') && !name.includes('generated'))
    .sort()
    .map((name) => parse(name, readFileSync(join(sources, name), 'utf8')));
  const upstreams = [...new Set(files.flatMap(upstreamsIn))].sort();
  return [...files.flatMap((file) => problemsIn(file, upstreams)), ...frameworkProblems()];
}

/** The codes that `src/jobs/domain/reason-codes.ts` gives to jobs and runs, with its comments. */
export function reasonsOfJobs(): { code: string; comment: string }[] {
  const name = 'jobs/domain/reason-codes.ts';
  return nodesOf(parse(name, readFileSync(join(sources, name), 'utf8'))).flatMap((node) => {
    if (!ts.isPropertyAssignment(node) || !ts.isStringLiteral(node.initializer)) return [];
    const [comment = ''] = ts
      .getJSDocCommentsAndTags(node)
      .map((each) => ts.getTextOfJSDocComment(each.comment) ?? '');
    return [{ code: node.initializer.text, comment }];
  });
}

/** What one source text throws; `upstreams` are the names that `${upstream}` stands for. */
export function problemsInText(text: string, upstreams: string[] = []): ThrownProblem[] {
  return problemsIn(parse('text.ts', text), upstreams);
}

function frameworkProblems(): ThrownProblem[] {
  const kinds = new Map(Object.entries(statusOfKind).map(([kind, status]) => [status, kind as ErrorKind]));
  const faults = [...Object.entries(frameworkFaults), ['500', unexpected] as const];
  return faults.map(([status, { code, detail }]) => ({
    code,
    status: Number(status),
    kind: kinds.get(Number(status)) ?? 'invalid',
    message: detail,
    file: 'kernel/http/problem.ts',
  }));
}

function parse(name: string, text: string): ts.SourceFile {
  return ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true);
}

/** Names of upstreams, which prefix the codes of their policies: `upstream: 'stripe'`. */
function upstreamsIn(file: ts.SourceFile): string[] {
  return nodesOf(file).flatMap((node) =>
    ts.isPropertyAssignment(node) &&
    node.name.getText() === 'upstream' &&
    ts.isStringLiteral(node.initializer)
      ? [node.initializer.text]
      : [],
  );
}

function problemsIn(file: ts.SourceFile, upstreams: string[]): ThrownProblem[] {
  return nodesOf(file).flatMap((node) => {
    if (!ts.isNewExpression(node) || node.expression.getText() !== 'DomainError') return [];
    const [kindNode, codeNode, messageNode] = node.arguments ?? [];
    const [kind] = kindNode ? literalsOf(kindNode, file, upstreams) : [];
    const codes = codeNode ? literalsOf(codeNode, file, upstreams) : [];
    if (!isKind(kind) || codes.length === 0)
      throw new Error(`${file.fileName}: ${node.getText()} hides its code`);
    const [message] = messageNode ? literalsOf(messageNode, file, []) : [];
    return codes.map((code) => ({ code, kind, status: statusOfKind[kind], message, file: file.fileName }));
  });
}

function isKind(word: string | undefined): word is ErrorKind {
  return word !== undefined && word in statusOfKind;
}

/** The texts that an expression can be: a literal, a constant of this file, either arm of a condition, a template. */
function literalsOf(node: ts.Expression, file: ts.SourceFile, upstreams: string[]): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isConditionalExpression(node))
    return [node.whenTrue, node.whenFalse].flatMap((arm) => literalsOf(arm, file, upstreams));
  if (ts.isIdentifier(node)) return constantOf(node.text, file);
  if (!ts.isTemplateExpression(node)) return [];
  const texts = node.templateSpans.reduce(
    (text, { expression, literal }) => `${text}\${${expression.getText()}}${literal.text}`,
    node.head.text,
  );
  const perUpstream = texts.includes('${upstream}') ? upstreams : [''];
  return perUpstream.map((name) => texts.replaceAll('${upstream}', name || '…').replace(/\$\{[^}]*\}/g, '…'));
}

function constantOf(name: string, file: ts.SourceFile): string[] {
  return nodesOf(file).flatMap((node) =>
    ts.isVariableDeclaration(node) &&
    node.name.getText() === name &&
    node.initializer &&
    ts.isStringLiteralLike(node.initializer)
      ? [node.initializer.text]
      : [],
  );
}

function nodesOf(node: ts.Node): ts.Node[] {
  const nodes = [node];
  // A loop over its own growing list: the trees are too wide for copies at each level.
  for (const each of nodes) each.forEachChild((child) => void nodes.push(child));
  return nodes;
}
