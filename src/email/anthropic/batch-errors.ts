import type { BatchVerdict } from '../summariser/read-result';

const again = (reasonCode: string): BatchVerdict => ({ outcome: 'again', reasonCode });
const failed = (reasonCode: string): BatchVerdict => ({ outcome: 'failed', reasonCode });

/** By the vendor's error type, as its API reference lists them; the codes are those of a single call. */
const verdicts: Record<string, BatchVerdict> = {
  invalid_request_error: failed('email.bad-request'),
  not_found_error: failed('email.bad-request'),
  request_too_large: failed('email.too-long'),
  authentication_error: again('email.model-refused-key'),
  permission_error: again('email.model-refused-key'),
  billing_error: again('email.spend-limit'),
  rate_limit_error: again('email.rate-limited'),
  overloaded_error: again('email.overloaded'),
  timeout_error: again('email.timeout'),
  api_error: again('email.model-failed'),
};

/** What an errored result says of its mail; an unknown type is worth another try. */
export function batchVerdict(errorType: string): BatchVerdict {
  return verdicts[errorType] ?? again('email.model-failed');
}
