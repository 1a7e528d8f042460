import { readFileSync } from 'node:fs';

/** Linux counts a process's time in hundredths of a second on every platform that Node runs on (proc(5), sysconf(_SC_CLK_TCK)). */
const microsecondsPerTick = 10_000;

/** Microseconds of CPU that a process has used, in user and in kernel mode; NaN where the system does not tell. */
export function cpuOf(pid: number | undefined): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field, the name, may hold spaces: fields are counted from behind it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * microsecondsPerTick;
  } catch {
    return NaN;
  }
}

/** Bytes of memory that a process holds; NaN where the system does not tell. */
export function memoryOf(pid: number | undefined): number {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kilobytes) * 1_024;
  } catch {
    return NaN;
  }
}
