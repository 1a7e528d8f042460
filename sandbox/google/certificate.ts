import { type KeyObject, sign } from 'node:crypto';

const der = (tag: number, ...contents: Buffer[]): Buffer => {
  const body = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag]), lengthOf(body.length), body]);
};

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(length);
  const short = bytes.subarray(bytes.findIndex((byte) => byte > 0));
  return Buffer.concat([Buffer.from([0x80 | short.length]), short]);
}

const sequence = (...contents: Buffer[]): Buffer => der(0x30, ...contents);
const integer = (value: number): Buffer => der(0x02, Buffer.from([value]));
const utcTime = (text: string): Buffer => der(0x17, Buffer.from(text, 'latin1'));
const bitString = (bytes: Buffer): Buffer => der(0x03, Buffer.from([0]), bytes);

// Object identifiers 1.2.840.113549.1.1.11 (sha256WithRSAEncryption) and 2.5.4.3 (commonName).
const sha256WithRsa = sequence(Buffer.from('06092a864886f70d01010b0500', 'hex'));
const commonName = Buffer.from('0603550403', 'hex');

/** An X.509 v3 certificate in PEM for an RSA public key (SPKI, DER), signed by itself; valid for 2020 to 2049. */
export function selfSignedCertificate(publicKey: Buffer, privateKey: KeyObject): string {
  const subject = der(0x0c, Buffer.from('federated-signon.sandbox.example.com', 'utf8'));
  const name = sequence(der(0x31, sequence(commonName, subject)));
  const validity = sequence(utcTime('200101000000Z'), utcTime('491231235959Z'));
  const body = sequence(der(0xa0, integer(2)), integer(1), sha256WithRsa, name, validity, name, publicKey);
  const certificate = sequence(body, sha256WithRsa, bitString(sign('sha256', body, privateKey)));
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
