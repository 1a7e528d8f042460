import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const launcher = join(__dirname, 'launch.cjs');
const text = `
  exports.sum = (a, b) => { const both = [a, b]; return both.reduce((x, y) => x + y); };
  exports.place = () => [__filename, __dirname, require('node:path').basename(__filename)];
  exports.fails = () => { throw new Error('as asked'); };`;

describe('a packed program', () => {
  let program: string;
  const inNode = (code: string, flags: string[] = []): unknown => {
    const script = `
      const launcher = require(${JSON.stringify(launcher)});
      const program = ${JSON.stringify(program)};
      process.stdout.write(JSON.stringify((${code})() ?? null));`;
    return JSON.parse(execFileSync(process.execPath, [...flags, '-e', script], { encoding: 'utf8' }));
  };
  const keep = (): unknown => inNode(`() => launcher.keepCode(program, ({ sum }) => sum(1, 2))`);
  const sum = (): unknown => inNode(`() => launcher.launch(program).sum(3, 4)`);
  const hasCode = (flags?: string[]): unknown => inNode('() => launcher.hasCode(program)', flags);

  beforeEach(() => {
    program = join(mkdtempSync(join(tmpdir(), 'packed-')), 'program.cjs');
    writeFileSync(program, text);
  });

  // Mutant: the code is read under another name.
  it('takes the code that was kept in another process', () => {
    keep();
    expect(hasCode()).toBe(true);
    expect(sum()).toBe(7);
  });

  it('runs without code, and with code it cannot use', () => {
    expect(hasCode()).toBe(false);
    expect(sum()).toBe(7);
    keep();
    expect(hasCode(['--no-opt'])).toBe(false);
    const code = readFileSync(`${program}.code`);
    writeFileSync(`${program}.code`, code.subarray(0, code.length / 2));
    expect(hasCode()).toBe(false);
    expect(sum()).toBe(7);
  });

  // Mutant: the code is taken whatever it was made of.
  it('passes by code of a program of another length', () => {
    keep();
    writeFileSync(program, text.replace('x + y', 'x * y + 0'));
    expect(hasCode()).toBe(false);
    expect(sum()).toBe(12);
  });

  it('knows where it lies, and names its lines', () => {
    keep();
    expect(inNode('() => launcher.launch(program).place()')).toEqual([
      program,
      join(program, '..'),
      'program.cjs',
    ]);
    const stack = inNode(
      `() => { try { launcher.launch(program).fails(); } catch (error) { return error.stack; } }`,
    );
    expect(stack).toContain(`${program}:4:`);
  });
});
