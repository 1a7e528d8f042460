/** What an API key can be let into. Accounts, sessions, keys and administration are not among it: they need a person. */
const resources = ['gmail', 'email', 'billing', 'jobs', 'dashboard'] as const;
const acts = ['read', 'write'] as const;

export type ApiScope = `${(typeof resources)[number]}:${(typeof acts)[number]}`;

/** Every scope there is. */
export const apiScopes: readonly ApiScope[] = resources.flatMap((resource) =>
  acts.map((act): ApiScope => `${resource}:${act}`),
);

/**
 * The scope that a call needs: the resource is the first part of the path behind `/api/`, and whatever is no plain read is a
 * write. Undefined for a route that no key opens; a new route is closed to keys until its resource is listed here.
 */
export function scopeOf(method: string, route: string): ApiScope | undefined {
  const resource = /^\/api\/([^/?]+)(?:[/?]|$)/.exec(route)?.[1];
  const act = method === 'GET' || method === 'HEAD' ? 'read' : 'write';
  return apiScopes.find((scope) => scope === `${resource}:${act}`);
}
