import { createHash, generateKeyPairSync, type JsonWebKey, type KeyObject, sign } from 'node:crypto';
import { selfSignedCertificate } from './certificate';

/** An RSA key that signs identity tokens (RS256) and publishes its public half as JWK and as certificate. */
export class SigningKey {
  private pair: { publicKey: KeyObject; privateKey: KeyObject } | undefined;
  private named: string | undefined;

  get kid(): string {
    this.named ??= createHash('sha1').update(this.publicDer()).digest('hex');
    return this.named;
  }

  /** A compact JWT over these claims. */
  signJwt(claims: Record<string, unknown>): string {
    const header = { alg: 'RS256', kid: this.kid, typ: 'JWT' };
    const signed = [header, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    return `${signed}.${sign('sha256', Buffer.from(signed), this.keys().privateKey).toString('base64url')}`;
  }

  jwk(): JsonWebKey {
    return { ...this.keys().publicKey.export({ format: 'jwk' }), kid: this.kid, alg: 'RS256', use: 'sig' };
  }

  certificatePem(): string {
    return selfSignedCertificate(this.publicDer(), this.keys().privateKey);
  }

  // Made on first use: a key takes up to 200 ms, which a test that signs nothing should not pay.
  private keys(): { publicKey: KeyObject; privateKey: KeyObject } {
    this.pair ??= generateKeyPairSync('rsa', { modulusLength: 2048 });
    return this.pair;
  }

  private publicDer(): Buffer {
    return this.keys().publicKey.export({ type: 'spki', format: 'der' });
  }
}
