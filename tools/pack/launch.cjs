// Runs a program that `pack.ts` made: one file, with the code that V8 made of it beside it. Reading some thousand modules one by one
// takes longer than all else that a process does at its start. Node 22 can keep such code by itself, Node 20 cannot.
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { Module, createRequire } = require('node:module');
const { dirname } = require('node:path');
const { Script } = require('node:vm');

/** Answers what the program exports. Code of another V8, or of one under other flags, is passed by: the start is slower then. */
exports.launch = (program) => run(compile(program, codeOf(program)), program);

/** Keeps, for `launch`, the code of all that `use` makes the program compile. */
exports.keepCode = (program, use) => {
  const script = compile(program);
  use(run(script, program));
  writeFileSync(codeFile(program), script.createCachedData());
};

/** Whether `launch` takes the code that was kept. */
exports.hasCode = (program) => compile(program, codeOf(program)).cachedDataRejected === false;

const codeFile = (program) => `${program}.code`;
const codeOf = (program) => (existsSync(codeFile(program)) ? readFileSync(codeFile(program)) : undefined);

function compile(program, cachedData) {
  // What esbuild writes is ASCII.
  return new Script(Module.wrap(readFileSync(program, 'latin1')), { filename: program, cachedData });
}

function run(script, program) {
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(program), module, program, dirname(program));
  return module.exports;
}
