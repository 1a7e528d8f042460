#!/usr/bin/env node
/**
 * Prisma's schema engine from npm. The Prisma CLI runs it as a program in place of the native one, which would have
 * to be downloaded: the same arguments, the same JSON-RPC lines on stdin and stdout, served by the WebAssembly build
 * of the engine over the pg adapter. `prisma.config.ts` chooses it.
 */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { runDatabaseCommand } from './schema-engine/database-command.mjs';
import { loadEngine } from './schema-engine/load-engine.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: {
    datasource: { type: 'string' },
    datamodels: { type: 'string', multiple: true },
  },
});
const datasource = values.datasource ? JSON.parse(values.datasource) : {};

if (positionals[0] === 'cli') process.exit(await runDatabaseCommand(positionals[1], datasource.url));

let loading;
let previous = Promise.resolve();
let printed = 0;

const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);

/** The engine answers with Maps where JSON has objects. */
function toJson(value) {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, inner]) => [key, toJson(inner)]));
  return Array.isArray(value) ? value.map(toJson) : value;
}

async function call(method, params) {
  loading ??= loadEngine(
    datasource,
    values.datamodels?.map((path) => [path, readFileSync(path, 'utf8')]),
  );
  const { engine } = await loading;
  const result = toJson(await engine[method === 'getDatabaseVersion' ? 'version' : method](params));
  if (method !== 'diff') return result ?? {};
  // The native engine prints a diff by calling back; only the exit code is its answer.
  if (result.stdout) send({ id: `print-${++printed}`, method: 'print', params: { content: result.stdout } });
  return { exitCode: result.exitCode };
}

/** Errors of the driver reach the engine as a number only; the adapter's registry holds what happened. */
async function toRpcError(error) {
  const engine = await loading?.catch(() => undefined);
  const message = String(error?.message ?? error);
  const registered = /External error id#(\d+)/.exec(message);
  const inner = registered && engine?.errors.consumeError(Number(registered[1]))?.error;
  const isPanic = error?.name === 'RuntimeError';
  const told = isPanic ? engine?.panicMessage() || message : String(inner?.message ?? message);
  const data = { is_panic: isPanic, message: told, error_code: error?.code, meta: error?.meta };
  return { code: 4466, message: told, data };
}

async function answer(line) {
  const { id, method, params } = JSON.parse(line);
  // Without a method it is the CLI's reply to a print.
  if (!method) return;
  try {
    send({ id, result: await call(method, params) });
  } catch (error) {
    send({ id, error: await toRpcError(error) });
  }
}

createInterface({ input: process.stdin, crlfDelay: Infinity })
  .on('line', (line) => {
    if (line.trim()) previous = previous.then(() => answer(line));
  })
  .on('close', () => void previous.finally(() => process.exit(0)));
