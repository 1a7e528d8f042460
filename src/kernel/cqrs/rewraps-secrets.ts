import { SetMetadata } from '@nestjs/common';
import type { ICommand } from '@nestjs/cqrs';

export const REWRAPS_SECRETS = Symbol('rewraps-secrets');

/** What one batch of a key rotation did. */
export interface RewrapBatch {
  /** Ciphertexts looked at. */
  seen: number;
  /** Ciphertexts that were under an older key and are under the current one now. */
  rewrapped: number;
  /** Ciphertexts that somebody replaced meanwhile; theirs stayed. */
  overtaken: number;
  /** Rows with a ciphertext that no key of the ring opens; they are left as they are. */
  unreadable: string[];
  /** Where the next batch begins; absent after the last one. */
  next?: string;
}

/** How the key rotation asks a module for its next batch. */
export type RewrapCommandOf = (after?: string) => ICommand;

/** Marks the command handler that re-wraps the secrets of its module: the key rotation finds it by this. */
export function RewrapsSecrets(commandOf: RewrapCommandOf): ClassDecorator {
  return SetMetadata(REWRAPS_SECRETS, commandOf);
}
