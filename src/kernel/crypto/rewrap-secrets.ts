import type { RewrapBatch } from '../cqrs/rewraps-secrets';
import { DomainError } from '../errors/domain-error';

type Bytes = Uint8Array<ArrayBuffer>;

/** One ciphertext of one row. */
export interface StoredSecret {
  rowId: string;
  ciphertext: Uint8Array;
  /** Stores the re-wrapped bytes if the row still holds `ciphertext`; false when it does not. */
  replace: (rewrapped: Bytes) => Promise<boolean>;
}

/** Re-wraps each of them under the current ring key; one that cannot be read does not keep the others waiting. */
export async function rewrapSecrets(
  secrets: readonly StoredSecret[],
  rewrap: (ciphertext: Uint8Array) => Bytes | null,
): Promise<Omit<RewrapBatch, 'next'>> {
  const batch = { seen: secrets.length, rewrapped: 0, overtaken: 0, unreadable: [] as string[] };
  for (const { rowId, ciphertext, replace } of secrets) {
    const rewrapped = rewrapOr(() => rewrap(ciphertext));
    if (rewrapped === 'unreadable') batch.unreadable.push(rowId);
    else if (rewrapped && (await replace(rewrapped))) batch.rewrapped += 1;
    else if (rewrapped) batch.overtaken += 1;
  }
  return batch;
}

function rewrapOr(work: () => Bytes | null): Bytes | null | 'unreadable' {
  try {
    return work();
  } catch (error) {
    if (error instanceof DomainError && error.code === 'crypto.cannot-decrypt') return 'unreadable';
    throw error;
  }
}
