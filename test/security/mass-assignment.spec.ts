import { type Route, startWalk, type Walk } from './route-walk';

/** Fewer than a problem lists faults, so that each name must be found in it. */
const atOnce = 25;
const camel = (name: string): string =>
  name.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());

interface Problem {
  code: string;
  faults?: { path: string; message: string }[];
}

describe('every write route', () => {
  let walk: Walk;
  let columns: string[];
  beforeAll(async () => {
    walk = await startWalk();
    await walk.sql(`update users set role = 'admin' where id = $1`, [walk.victim]);
    const rows = await walk.sql<{ name: string }>(
      `select distinct column_name as name from information_schema.columns where table_schema = 'public'`,
    );
    columns = [...new Set(rows.flatMap(({ name }) => [name, camel(name)]))].sort();
  });
  afterAll(() => walk.close());

  /** Names of columns that a route did not refuse by their name. */
  async function taken(route: Route): Promise<string[]> {
    const foreign = columns.filter((name) => !route.properties?.includes(name));
    const accepted: string[] = [];
    for (let start = 0; start < foreign.length; start += atOnce) {
      const names = foreign.slice(start, start + atOnce);
      const body = { ...route.row?.body?.(walk.ids), ...Object.fromEntries(names.map((name) => [name, 1])) };
      const { status, text } = await walk.call(route, walk.tokens.victim, body);
      const { code, faults = [] } = status === 400 ? (JSON.parse(text) as Problem) : { code: String(status) };
      if (code === 'request.unexpected-body' && !route.properties) continue;
      const refused = new Set(faults.map(({ path }) => path));
      accepted.push(...names.filter((name) => code !== 'request.invalid' || !refused.has(`/${name}`)));
    }
    return accepted;
  }

  // Mutants caught: a DTO spread into a row; a pipe without forbidNonWhitelisted; a body that is silently ignored.
  it('refuses every column of every table that it does not take, by name, and changes nothing', async () => {
    expect(columns).toEqual(expect.arrayContaining(['role', 'userId', 'posted', 'credits', 'password_hash']));
    const before = await walk.state();
    const writes = walk.routes.filter(({ method, row }) => method !== 'get' && row && row.level !== 'proof');
    expect(writes.length).toBeGreaterThan(30);
    const accepting: object[] = [];
    for (const route of writes) {
      const names = await taken(route);
      if (names.length > 0) accepting.push({ route: route.name, names });
    }
    expect(accepting).toEqual([]);
    expect(await walk.state()).toBe(before);
  });
});
