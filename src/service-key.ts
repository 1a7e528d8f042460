import { createOpaqueToken } from './kernel/crypto/opaque-token';
import { serviceScopes } from './kernel/http/service-scope';

/**
 * `node dist/service-key.js NAME SCOPE…`: makes a service key and prints it, once, and the entry for SERVICE_KEYS that lets
 * it in. Exits 1 for a name or a scope that could not stand there.
 */
function main([name = '', ...scopes]: string[]): void {
  const known = scopes.length > 0 && scopes.every((scope) => serviceScopes.some((one) => one === scope));
  if (!/^[\w-]{1,32}$/.test(name) || !known) {
    process.stderr.write(`Give a name and one or more scopes of: ${serviceScopes.join(', ')}\n`);
    process.exitCode = 1;
    return;
  }
  const { token, hash } = createOpaqueToken('ibs_');
  process.stdout.write(
    `key: ${token}\nSERVICE_KEYS entry: ${name}:${scopes.join('+')}:${hash.toString('hex')}\n`,
  );
}

main(process.argv.slice(2));
