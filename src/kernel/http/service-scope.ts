/** What a service key can be let into: Prometheus' page; the head of the audit chain, for whoever writes it down elsewhere. */
export const serviceScopes = ['audit', 'metrics'] as const;

export type ServiceScope = (typeof serviceScopes)[number];
