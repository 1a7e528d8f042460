import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const src = join(__dirname, '..', '..', 'src');
const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts') && !file.includes('generated'))
  .map((file) => ({ file, text: readFileSync(join(src, file), 'utf8') }));
const handlersOf = (pattern: RegExp) =>
  sources.flatMap(({ file, text }) =>
    pattern.test(text)
      ? [...text.matchAll(/@CommandHandler\((\w+)\)/g)].map(([, name]) => ({ file, name: name! }))
      : [],
  );

// Mutant: a command of a controller whose commit does not wait for the disk: a caller is told of what a crash then takes.
describe('work whose commit does not wait for the disk', () => {
  const commands = handlersOf(/repeated: true/);

  it('is a command, and there is some', () => {
    expect(commands.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['CaptureCredits', 'QueueEmails']),
    );
    const users = sources.filter(({ text }) => text.includes('repeated: true')).map(({ file }) => file);
    expect(users.sort()).toEqual(commands.map(({ file }) => file).sort());
  });

  it.each(commands)('is asked for by events alone: $name', ({ name }) => {
    const askers = sources.filter(({ text }) => text.includes(`new ${name}(`)).map(({ file }) => file);
    expect(askers.length).toBeGreaterThan(0);
    for (const asker of askers) expect(asker).toMatch(/\.saga\.ts$/);
  });
});
