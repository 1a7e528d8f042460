/** What a setting's value may be: how it is read from JSON, and what an operator is told it must be. */
export interface ValueType<T> {
  /** After "must be": `a whole number from 1 to 99`. */
  readonly describe: string;
  /** The value, or undefined when it is none of these. Nothing is converted: "5" is no number. */
  readonly read: (value: unknown) => T | undefined;
}

export const flag: ValueType<boolean> = {
  describe: 'true or false',
  read: (value) => (typeof value === 'boolean' ? value : undefined),
};

/** A whole number, both bounds included. */
export function whole(least: number, most: number): ValueType<number> {
  return {
    describe: `a whole number from ${least} to ${most}`,
    read: (value) =>
      typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most
        ? value
        : undefined,
  };
}

/** A line of text without control characters. */
export function text(maxLength: number): ValueType<string> {
  return {
    describe: `a text of 1 to ${maxLength} characters`,
    read: (value) =>
      typeof value === 'string' && value.trim() !== '' && value.length <= maxLength && !/\p{Cc}/u.test(value)
        ? value
        : undefined,
  };
}

/** The same, or null for none. */
export function orNull<T>(type: ValueType<T>): ValueType<T | null> {
  return {
    describe: `${type.describe}, or null`,
    read: (value) => (value === null ? null : type.read(value)),
  };
}
