import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const root = join(__dirname, '..', '..');

/** A small tree of source files inside the repository, so that packages resolve as they do for the real one. */
export class PlantedTree {
  readonly directory: string;

  constructor(files: Record<string, string>) {
    mkdirSync(join(root, '.inbrief'), { recursive: true });
    this.directory = mkdtempSync(join(root, '.inbrief', 'architecture-'));
    for (const [path, source] of Object.entries(files)) {
      mkdirSync(dirname(join(this.directory, path)), { recursive: true });
      writeFileSync(join(this.directory, path), source);
    }
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/**
 * Runs a tool of `node_modules` that prints JSON and answers what it printed; a tool exits 1 when it has something to say.
 * @throws Error with what it wrote when that is not JSON.
 */
export function runTool<T>(script: string, args: string[], cwd: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const options = { cwd, maxBuffer: 64 * 1024 * 1024 };
    execFile(
      process.execPath,
      [join(root, 'node_modules', script), ...args],
      options,
      (_exit, stdout, stderr) => {
        try {
          resolve(JSON.parse(stdout) as T);
        } catch {
          reject(new Error(`${script} printed no JSON: ${stderr || stdout}`));
        }
      },
    );
  });
}
