import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

/** What was measured of one variant: every round's figure. */
export interface Figure {
  measure: string;
  variant: string;
  unit: string;
  values: number[];
}

/** A figure that is held against a bound of docs/performance.md. */
export interface Bound {
  what: string;
  value: number;
  bound: string;
  holds: boolean;
}

const folder = join(__dirname, '..', '..', '.inbrief', 'bench');

/** Gathers a section's figures; prints them as a table and keeps them as JSON. */
export class Report {
  private readonly figures: Figure[] = [];
  private readonly bounds: Bound[] = [];

  constructor(
    readonly section: string,
    private readonly quick: boolean,
  ) {}

  add(measure: string, variant: string, unit: string, value: number): void {
    const known = this.figures.find((figure) => figure.measure === measure && figure.variant === variant);
    if (known) known.values.push(value);
    else this.figures.push({ measure, variant, unit, values: [value] });
  }

  /** The median of what was added. @throws Error where nothing was. */
  median(measure: string, variant: string): number {
    const figure = this.figures.find((each) => each.measure === measure && each.variant === variant);
    if (!figure) throw new Error(`Nothing was measured of ${measure}, ${variant}`);
    return median(figure.values);
  }

  atLeast(what: string, value: number, bound: number): void {
    this.bounds.push({ what, value, bound: `>= ${bound}`, holds: value >= bound });
  }

  atMost(what: string, value: number, bound: number): void {
    this.bounds.push({ what, value, bound: `<= ${bound}`, holds: value <= bound });
  }

  /** Prints the table and the bounds, and writes `.inbrief/bench/SECTION.json`. */
  finish(): void {
    const rows = this.figures.map(({ measure, variant, values, unit }) => [
      measure,
      variant,
      ...[median(values), Math.min(...values), Math.max(...values)].map(show),
      unit,
    ]);
    const held = this.bounds.map(({ what, bound, value, holds }) => [
      what,
      bound,
      show(value),
      holds ? 'holds' : 'MISSED',
    ]);
    const parts = [
      tableOf([['measure', 'variant', 'median', 'min', 'max', 'unit'], ...rows]),
      ...(held.length > 0 ? [tableOf([['bound', 'wanted', 'measured', ''], ...held])] : []),
    ];
    const note = this.quick
      ? ['--quick: little data and short runs; the figures say only that it runs.']
      : [];
    process.stdout.write(`${[`bench ${this.section}`, ...parts, ...note].join('\n\n')}\n`);
    mkdirSync(folder, { recursive: true });
    const file = join(folder, `${this.section}.json`);
    writeFileSync(file, `${JSON.stringify(this.json(), null, 2)}\n`);
    process.stdout.write(`JSON: ${file}\n`);
  }

  private json(): object {
    return {
      section: this.section,
      quick: this.quick,
      at: new Date().toISOString(),
      node: process.version,
      cpu: `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}`,
      figures: this.figures.map((figure) => ({
        ...figure,
        median: median(figure.values),
        min: Math.min(...figure.values),
        max: Math.max(...figure.values),
      })),
      bounds: this.bounds,
    };
  }
}

/** The middle value; of an even number, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = NaN, high = NaN] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]];
  return (low + high) / 2;
}

/** The value below which `share` (0 to 1) of the values lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** Rows under a head, each column as wide as it needs; figures to the right. */
function tableOf(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const isFigure = (cell: string): boolean => /^[-\d.,]+$|^NaN$/.test(cell);
  const line = (row: string[]): string =>
    row
      .map((cell, column) =>
        isFigure(cell) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  const [head = [], ...rest] = rows;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rest.map(line)].join('\n');
}

function show(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return value.toFixed(Math.abs(value) < 10 ? 2 : 1);
}
