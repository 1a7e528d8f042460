import { createServer, request as ask } from 'node:http';
import { createRequire } from 'node:module';
import { document, install } from './install.mjs';

/**
 * `node tools/api/prism.mjs UPSTREAM`: Prism as a validating proxy before the API. Prints its own address in the first line, then a line
 * of JSON for each call: what was asked, whether Prism saw it, and what violates the document. Ends with its standard input.
 *
 * What counts: every violation of an answer, and every violation of a request that the API took all the same. A request that the API
 * refuses is wrong to both, and specs send such on purpose.
 */
install();
const require = createRequire(import.meta.url);
const { createServer: createPrism } = require('@stoplight/prism-http-server');
const { getHttpOperationsFromSpec } = require('@stoplight/prism-http');
const { createLogger } = require('@stoplight/prism-core');

const host = '127.0.0.1';
const [, , address] = process.argv;
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

/** Prism reads bodies to their end, writes them anew, and finds no JSON in a 304: so no streams, signed bytes and conditional reads. */
const isForPrism = ({ headers }) =>
  !/event-stream/.test(headers.accept ?? '') && !headers['stripe-signature'] && !headers['if-none-match'];

const front = createServer((incoming, outgoing) => {
  const seen = isForPrism(incoming);
  const { method, url, headers } = incoming;
  const { port } = seen ? inner : upstream;
  const call = ask({ host, port, method, path: url, headers }, (answer) => {
    const { 'sl-violations': found = '[]', ...rest } = answer.headers;
    const violations = counted(found, answer.statusCode ?? 0);
    console.log(JSON.stringify({ call: `${method} ${url} ${answer.statusCode}`, seen, violations }));
    outgoing.writeHead(answer.statusCode ?? 502, rest);
    answer.pipe(outgoing);
  });
  call.on('error', () => outgoing.destroy());
  outgoing.on('close', () => call.destroy());
  incoming.pipe(call);
});
front.listen(0, host, () => console.log(`http://${host}:${front.address().port}`));
process.stdin.resume().on('end', () => process.exit());

function counted(found, status) {
  if (found.startsWith('Too many')) return [found];
  return JSON.parse(found)
    .filter(({ location: [side] }) => side === 'response' || status < 400)
    .map(({ location, message }) => `${location.join('.')} ${message}`);
}
