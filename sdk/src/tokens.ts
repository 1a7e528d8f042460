/** A signed-in session as the SDK keeps it. */
export interface StoredTokens {
  accessToken: string;
  refreshToken: string;
  /** Milliseconds since 1970 at which the access token expires, by this machine's clock. */
  expiresAt: number;
}

/** Where a session's tokens live. Bring your own (a keychain, a row) to stay signed in across restarts. */
export interface TokenStore {
  load(): StoredTokens | null | Promise<StoredTokens | null>;
  /** Null forgets them. */
  save(tokens: StoredTokens | null): void | Promise<void>;
}

/** Tokens that end with the process or the page. */
export function memoryTokens(tokens: StoredTokens | null = null): TokenStore {
  return { load: () => tokens, save: (next) => void (tokens = next) };
}

/** The part of `sessionStorage` and `localStorage` that is used. */
export interface WebStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** Tokens in a browser's `sessionStorage` or `localStorage`; what somebody else wrote under the key counts as none. */
export function webStorageTokens(storage: WebStorage, key: string): TokenStore {
  return {
    load: () => parse(storage.getItem(key)),
    save: (tokens) => (tokens ? storage.setItem(key, JSON.stringify(tokens)) : storage.removeItem(key)),
  };
}

function parse(text: string | null): StoredTokens | null {
  try {
    const value = JSON.parse(text ?? 'null') as Partial<StoredTokens> | null;
    const complete = value?.accessToken && value.refreshToken && typeof value.expiresAt === 'number';
    return complete ? (value as StoredTokens) : null;
  } catch {
    return null;
  }
}
