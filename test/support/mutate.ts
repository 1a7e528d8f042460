import type { ClientBase } from 'pg';

/**
 * Puts a fault into a database function by replacing a piece of its source, and answers the original definition.
 * @throws Error when the piece is not there: a mutant that changes nothing would prove nothing.
 */
export async function replaceInFunction(
  db: ClientBase,
  name: string,
  from: string,
  to: string,
): Promise<string> {
  const { rows } = await db.query<{ definition: string }>(
    `select pg_get_functiondef(oid) as definition from pg_proc where proname = $1`,
    [name],
  );
  const original = rows[0]?.definition ?? '';
  if (!original.includes(from)) throw new Error(`${name} holds no "${from}"`);
  await db.query(original.replaceAll(from, to));
  return original;
}
