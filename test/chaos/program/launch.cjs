// Runs a program that `pack.ts` made: one file with the code that V8 made of it beside it, so that a process that is started
// some hundred times in a run costs a third of what `node dist/worker.js` would. Node 22 brings such a cache, Node 20 none.
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { Module, createRequire } = require('node:module');
const { dirname } = require('node:path');
const { setFlagsFromString } = require('node:v8');
const { Script } = require('node:vm');

// A process that lives for seconds gains nothing from code that is optimised for hours, and pays half of its start for it.
for (const flag of ['--no-opt', '--liftoff-only', '--wasm-lazy-compilation', '--min-semi-space-size=32'])
  setFlagsFromString(flag);

const program = process.env.CHAOS_PROGRAM;
const code = `${program}.code`;
const cachedData = existsSync(code) ? readFileSync(code) : undefined;
const script = new Script(Module.wrap(readFileSync(program, 'utf8')), { filename: program, cachedData });
// The first run has no environment, so that it ends by itself once everything is loaded.
if (!cachedData) process.once('exit', () => writeFileSync(code, script.createCachedData()));
const module_ = { exports: {} };
script.runInThisContext()(module_.exports, createRequire(program), module_, program, dirname(program));
