import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { document, here, install } from './install.mjs';

/** The first half of `npm run check api`: openapi.json before Redocly and Spectral; exits 1 on any error or warning. */
install();
const require = createRequire(import.meta.url);
const findings = [...(await redocly()), ...(await spectral())];
for (const finding of findings) console.log(finding);
console.log(`openapi.json: ${findings.length} findings of Redocly and Spectral`);
process.exitCode = findings.length > 0 ? 1 : 0;

async function redocly() {
  const { lint, loadConfig } = require('@redocly/openapi-core');
  const config = await loadConfig({ configPath: join(here, 'redocly.yaml') });
  const problems = await lint({ ref: document, config });
  return problems.map(
    (found) =>
      `redocly ${found.severity} ${found.ruleId} ${found.location[0]?.pointer ?? ''}: ${found.message}`,
  );
}

async function spectral() {
  const { Document, Ruleset, Spectral } = require('@stoplight/spectral-core');
  const { Json } = require('@stoplight/spectral-parsers');
  const { default: rules } = await import('./spectral.mjs');
  const linter = new Spectral();
  // Beside the document, so that the overrides' pointers find it.
  linter.setRuleset(new Ruleset(rules, { source: join(document, '..', 'spectral.mjs') }));
  const severities = ['error', 'warn', 'info', 'hint'];
  const found = await linter.run(new Document(readFileSync(document, 'utf8'), Json, document));
  return found
    .filter(({ severity }) => severity <= 1)
    .map(
      ({ severity, code, path, message }) =>
        `spectral ${severities[severity]} ${code} ${path.join('.')}: ${message}`,
    );
}
