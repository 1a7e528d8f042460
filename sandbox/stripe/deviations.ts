/**
 * Where the emulator knowingly leaves the vendor's published description of 2023-08-16, because the installed SDK
 * (API version 2026-10-28.endive) is newer and its types decide. Each pattern is over a fault line of the spec check.
 */
export const deviations: readonly { pattern: RegExp; why: string }[] = [
  {
    pattern: /must NOT have additional properties \{"additionalProperty":"allowed_payment_method_types"\}/,
    why: 'Replaces `payment_method_types` on new sessions and intents, which the SDK no longer has.',
  },
];
