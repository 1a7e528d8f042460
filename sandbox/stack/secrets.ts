import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Keys of one sandbox. Kept beside its data, since what they encrypted must stay readable. */
export interface SandboxSecrets {
  databasePassword: string;
  jwtKey: string;
  tokenKey: string;
  cursorSecret: string;
  webhookSecret: string;
}

/** Reads the sandbox's keys, or makes them at the first start. */
export function sandboxSecrets(file: string): SandboxSecrets {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as SandboxSecrets;
  const secrets: SandboxSecrets = {
    databasePassword: randomBytes(18).toString('base64url'),
    jwtKey: randomBytes(36).toString('base64url'),
    tokenKey: randomBytes(32).toString('base64'),
    cursorSecret: randomBytes(36).toString('base64url'),
    webhookSecret: `whsec_${randomBytes(24).toString('hex')}`,
  };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  return secrets;
}
