import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import dockerignore from '@balena/dockerignore';

const root = join(__dirname, '..', '..');

interface Copy {
  from: string | undefined;
  sources: string[];
}

/** A stage of the Dockerfile, as far as it says which files an image holds. */
export interface Stage {
  name: string | undefined;
  base: string;
  user: string | undefined;
  copies: Copy[];
  instructions: string[];
}

/** The stages of a Dockerfile's text, in order. */
export function stagesOf(dockerfile: string): Stage[] {
  const stages: Stage[] = [];
  for (const line of dockerfile.replace(/\\\n/g, ' ').split('\n')) {
    const [, instruction = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    const stage = stages.at(-1);
    if (instruction === 'FROM') {
      const [base = '', , name] = rest.split(/\s+/);
      stages.push({ name, base, user: undefined, copies: [], instructions: [] });
    } else if (instruction !== '' && stage) {
      stage.instructions.push(instruction);
      if (instruction === 'USER') stage.user = rest;
      if (instruction === 'COPY') stage.copies.push(copyOf(rest));
    }
  }
  return stages;
}

function copyOf(rest: string): Copy {
  const words = rest.split(/\s+/);
  const from = words.find((word) => word.startsWith('--from='))?.slice('--from='.length);
  return { from, sources: words.filter((word) => !word.startsWith('--')).slice(0, -1) };
}

/** What `docker build` is sent: the files git tracks or would, less those that .dockerignore leaves out. */
export function contextFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
  });
  const ignore = dockerignore().add(readFileSync(join(root, '.dockerignore'), 'utf8'));
  return ignore.filter(listed.toString('utf8').split('\n').filter(Boolean));
}

/** Files of the context under the paths that a COPY names. */
export function copied(context: string[], sources: string[]): string[] {
  return context.filter((file) => sources.some((source) => file === source || file.startsWith(`${source}/`)));
}

/** The packages that are left in `node_modules` once development dependencies and optional peers are pruned. */
export function shippedPackages(): string[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean; peer?: boolean }>;
  };
  return Object.entries(lock.packages)
    .filter(
      ([path, { dev, devOptional, peer }]) =>
        path.startsWith('node_modules/') && !dev && !devOptional && !peer,
    )
    .map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
}
