import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { RlsPool } from '../../src/kernel/database/rls-pool';
import { scopes } from '../../src/kernel/database/scope';
import { createTestDatabase } from '../support/database';
import { Wire } from './wire';

async function echo(prefix: string): Promise<{ port: number; server: Server }> {
  const server = createServer((socket) =>
    socket.on('data', (data) => socket.write(`${prefix}${String(data)}`)),
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { port: (server.address() as AddressInfo).port, server };
}

async function open(wire: Wire): Promise<Socket> {
  const socket = connect(wire.port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

async function say(socket: Socket, word: string): Promise<string> {
  const heard = once(socket, 'data');
  socket.write(word);
  return String((await heard)[0]);
}

describe('a wire', () => {
  let far: { port: number; server: Server };
  let other: { port: number; server: Server };
  let wire: Wire;
  beforeEach(async () => {
    [far, other] = [await echo('a:'), await echo('b:')];
    wire = await Wire.to(far.port);
  });
  afterEach(async () => {
    await wire.close();
    far.server.close();
    other.server.close();
  });

  it('carries what both ends say', async () => {
    const socket = await open(wire);
    expect(await say(socket, 'hello')).toBe('a:hello');
    socket.destroy();
  });

  it('breaks what it carries when it is cut, and is whole again afterwards', async () => {
    const socket = await open(wire);
    await say(socket, 'hello');
    const closed = once(socket, 'close');
    await wire.cut(20);
    await closed;
    const next = await open(wire);
    expect(await say(next, 'again')).toBe('a:again');
    next.destroy();
  });

  it('is late when it is slow, and keeps the order', async () => {
    const socket = await open(wire);
    await say(socket, 'hello');
    const slow = wire.slow(60, 300);
    const began = Date.now();
    expect(await say(socket, '1')).toBe('a:1');
    expect(Date.now() - began).toBeGreaterThanOrEqual(100);
    await slow;
    socket.destroy();
  });

  it('says nothing when it is half open, neither data nor an end', async () => {
    const socket = await open(wire);
    await say(socket, 'hello');
    let heard = false;
    socket.on('data', () => (heard = true)).on('close', () => (heard = true));
    wire.halfOpen();
    socket.write('is anybody there?');
    await sleep(100);
    expect(heard).toBe(false);
    const next = await open(wire);
    expect(await say(next, 'yes')).toBe('a:yes');
    next.destroy();
    socket.destroy();
  });

  it('goes round its targets, and past one that is down', async () => {
    const balancer = await Wire.to(far.port, other.port);
    const answers = [];
    for (let n = 0; n < 2; n += 1) {
      const socket = await open(balancer);
      answers.push(await say(socket, 'x'));
      socket.destroy();
    }
    expect(answers.sort()).toEqual(['a:x', 'b:x']);
    await new Promise((resolve) => other.server.close(resolve));
    for (let n = 0; n < 2; n += 1) {
      const socket = await open(balancer);
      expect(await say(socket, 'x')).toBe('a:x');
      socket.destroy();
    }
    await balancer.close();
  });
});

describe('a connection to Postgres whose far end is gone without a word', () => {
  // Mutant: without `query_timeout` the statement waits for as long as TCP does, and the loop that sent it stands still.
  it('is given up, and the next statement has another', async () => {
    const database = await createTestDatabase();
    const wire = await Wire.to(Number(new URL(database.appUrl).port));
    const pool = new RlsPool({
      connectionString: wire.through(database.appUrl),
      max: 1,
      query_timeout: 300,
    });
    pool.on('error', () => undefined);
    const identity = { role: 'inbrief_service', reason: 'test' } as const;
    const one = (): Promise<unknown> =>
      scopes.run({ identity, afterCommit: [] }, () => pool.query('select 1 as one'));
    expect(await one()).toMatchObject({ rows: [{ one: 1 }] });
    wire.halfOpen();
    await expect(one()).rejects.toThrow();
    expect(await one()).toMatchObject({ rows: [{ one: 1 }] });
    await pool.end();
    await wire.close();
    await database.drop();
  });
});
