// Lets a program of `src` run as a process of its own from its source: specs kill real workers without a build.
const { readFileSync } = require('node:fs');
const { dirname } = require('node:path');
const { transformSync } = require('@swc/core');

const [, options] = require('../../jest.config.js').transform['^.+\\.ts$'];
const root = dirname(dirname(__dirname));

require.extensions['.ts'] = (module, filename) => {
  const source = readFileSync(filename, 'utf8');
  const { code } = transformSync(source, { ...options, filename, cwd: root, swcrc: false });
  module._compile(code, filename);
};
