import type { TargetFault } from '../domain/target-url';

/** Why a message got no answer that counts, as its owner reads it in the delivery log. */
export type SendErrorCode =
  | TargetFault
  | 'dns-failed'
  | 'connection-failed'
  | 'tls-failed'
  | 'timeout'
  | 'redirected'
  | 'gone'
  | 'http-error'
  | 'not-signed';

/** Nothing was answered, for a reason that is known. */
export class SendFailure extends Error {
  constructor(readonly code: SendErrorCode) {
    super(code);
  }
}

/** OpenSSL's and Node's codes of a handshake that failed. */
const tlsCode = /^(ERR_TLS|ERR_SSL|ERR_OSSL|CERT_|EPROTO|UNABLE_TO|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH)/;

/** The code of whatever a request ended with. */
export function codeOf(error: unknown): SendErrorCode {
  if (error instanceof SendFailure) return error.code;
  const { code = '' } = error as { code?: string };
  if (code === 'ABORT_ERR') return 'timeout';
  return tlsCode.test(code) ? 'tls-failed' : 'connection-failed';
}

/** The code of an answer; null for one that says the message was taken. */
export function codeOfStatus(status: number): SendErrorCode | null {
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400) return 'redirected';
  return status === 410 ? 'gone' : 'http-error';
}
