import { Injectable } from '@nestjs/common';

/** Where the commands write to, and what the process ends with. */
@Injectable()
export class Terminal {
  say(line: string): void {
    process.stdout.write(`${line}\n`);
  }

  /** Columns as wide as they have to be; null and undefined show as a dash. */
  table(head: string[], rows: unknown[][]): void {
    const cells = [head, ...rows.map((row) => row.map(shown))];
    const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
    for (const row of cells)
      this.say(
        row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd(),
      );
  }

  /** The process will exit with this code. */
  exitWith(code: number): void {
    process.exitCode = code;
  }
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return '-';
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string' ? value : JSON.stringify(value);
}
