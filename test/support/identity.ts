/** Makes the rest of a transaction of the specs act as a role ($1) for a user ($2; empty for none). */
export const enterIdentity = `select set_config('role', $1, true), set_config('app.user_id', $2, true)`;
