import { readFileSync } from 'node:fs';
import { createServer, request as ask } from 'node:http';
import { createRequire } from 'node:module';
import { document, install } from './install.mjs';

/**
 * `node tools/api/prism.mjs UPSTREAM [PORT]`: Prism as a validating proxy before the API. Prints its own address in the first line, then a
 * line of JSON for each call of an operation: which one, its status, whether Prism saw it, whether the request was invalid, and what
 * violates the document. Ends with its standard input.
 *
 * What counts: every violation of an answer, and every violation of a request that the API took all the same. A request that the API
 * refuses is wrong to both, and specs send such on purpose: it is counted as invalid.
 */
install();
const require = createRequire(import.meta.url);
const { createServer: createPrism } = require('@stoplight/prism-http-server');
const { getHttpOperationsFromSpec } = require('@stoplight/prism-http');
const { createLogger } = require('@stoplight/prism-core');

const host = '127.0.0.1';
const [, , address, port = '0'] = process.argv;
if (!address) throw new Error('Say what is behind it: node tools/api/prism.mjs http://127.0.0.1:3000');
const upstream = new URL(address);
const prism = createPrism(await getHttpOperationsFromSpec(document), {
  cors: false,
  components: { logger: createLogger('prism', { level: 'silent' }) },
  config: {
    isProxy: true,
    upstream,
    upstreamProxy: undefined,
    validateRequest: true,
    validateResponse: true,
    checkSecurity: true,
    errors: false,
    mock: { dynamic: false },
  },
});
const inner = new URL(await prism.listen(0, host));

/** The operations, those first whose path has fewer parameters: `/runs` is not an id. */
const operations = Object.entries(JSON.parse(readFileSync(document, 'utf8')).paths)
  .map(([path, methods]) => ({
    parameters: path.split('{').length,
    pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
    methods,
  }))
  .sort((a, b) => a.parameters - b.parameters);
const operationOf = ({ method, url }) => {
  const [path] = url.split('?');
  const found = operations.find(
    ({ pattern, methods }) => pattern.test(path) && methods[method.toLowerCase()],
  );
  return found?.methods[method.toLowerCase()].operationId;
};

/** Prism reads bodies to their end and writes them anew: so no streams and no signed bytes. */
const isForPrism = ({ headers }) =>
  !/event-stream/.test(headers.accept ?? '') && !headers['stripe-signature'];

const front = createServer((incoming, outgoing) => {
  const operation = operationOf(incoming);
  const seen = operation !== undefined && isForPrism(incoming);
  const { method, url } = incoming;
  const headers = { ...incoming.headers };
  // A 304 has no JSON for Prism to look at: it is shown the whole answer.
  if (seen) delete headers['if-none-match'];
  const target = seen ? inner : upstream;
  const call = ask({ host, port: target.port, method, path: url, headers }, (answer) => {
    const { 'sl-violations': found = '[]', ...rest } = answer.headers;
    const status = answer.statusCode ?? 0;
    if (operation) console.log(JSON.stringify({ operation, status, seen, ...verdict(found, status) }));
    outgoing.writeHead(status || 502, rest);
    answer.pipe(outgoing);
  });
  call.on('error', () => outgoing.destroy());
  outgoing.on('close', () => call.destroy());
  incoming.pipe(call);
});
front.listen(Number(port), host, () => console.log(`http://${host}:${front.address().port}`));
process.stdin.resume().on('end', () => process.exit());

function verdict(found, status) {
  if (found.startsWith('Too many')) return { invalid: false, violations: [found] };
  const all = JSON.parse(found);
  const refused = status >= 400;
  return {
    invalid: refused && all.some(({ location: [side] }) => side === 'request'),
    violations: all
      .filter(({ location: [side] }) => side === 'response' || !refused)
      .map(({ location, message }) => `${location.join('.')} ${message}`),
  };
}
