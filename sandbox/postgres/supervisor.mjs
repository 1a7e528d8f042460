/**
 * Stands between one Postgres and the Node process that owns it, in a process group of its own: a Ctrl-C for the
 * owner does not reach the postmaster, and an owner that dies, even by SIGKILL, closes the channel that ends both.
 * Plain JavaScript, so that it starts without a compiler in 40 ms and needs no memory worth naming.
 */
import { spawn } from 'node:child_process';
import { closeSync, openSync, rmSync } from 'node:fs';

/** Postgres: SIGINT rolls back and disconnects everyone; SIGQUIT leaves crash recovery to the next start. */
const escalation = [
  { signal: 'SIGINT', patienceMs: 10_000 },
  { signal: 'SIGQUIT', patienceMs: 5_000 },
  { signal: 'SIGKILL', patienceMs: 5_000 },
];

/** `binary`, `logFile`, `account` ({ uid, gid } or nothing), `removeAtEnd` (paths). */
const settings = JSON.parse(process.argv[2]);
let postmaster;
let ending = false;

function report(message) {
  if (process.connected) process.send(message, () => undefined);
}

function start(args) {
  const log = openSync(settings.logFile, 'a');
  const child = spawn(settings.binary, args, {
    ...settings.account,
    cwd: '/',
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  postmaster = child;
  let gone = false;
  const left = (reason) => {
    if (gone) return;
    gone = true;
    postmaster = undefined;
    report({ event: 'exited', reason });
  };
  child.once('error', (error) => left(error.message));
  child.once('exit', (code, signal) => left(signal ?? `code ${code}`));
  if (child.pid !== undefined) report({ event: 'spawned', pid: child.pid });
}

async function stop() {
  const child = postmaster;
  if (!child) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  for (const { signal, patienceMs } of escalation) {
    child.kill(signal);
    const patience = new Promise((resolve) => setTimeout(resolve, patienceMs, 'late'));
    if ((await Promise.race([exited, patience])) !== 'late') return;
  }
}

async function end() {
  if (ending) return;
  ending = true;
  await stop();
  for (const path of settings.removeAtEnd) rmSync(path, { recursive: true, force: true });
  process.exit(0);
}

process.on('message', (message) => {
  if (message.command === 'start' && !ending) start(message.args);
  if (message.command === 'stop') void stop();
  if (message.command === 'end') void end();
});
process.on('disconnect', () => void end());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end());
if (!process.connected) void end();
