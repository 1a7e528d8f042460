import { CommandFactory, CommandRunnerService } from 'nest-commander';
import { EnvError } from '../kernel/config/load-env';
import { DomainError } from '../kernel/errors/domain-error';
import { CliModule } from './cli.module';
import { Terminal } from './terminal';

/** Runs one command line; what fails is said on standard error in one line, and the process exits 1. */
export async function runCli(args: string[], terminal: Terminal = new Terminal()): Promise<void> {
  const fail = (error: unknown): void => {
    process.stderr.write(`${told(error)}\n`);
    terminal.exitWith(1);
  };
  const app = await CommandFactory.createWithoutRunning(CliModule.with(terminal), {
    cliName: 'inbrief',
    logger: ['warn', 'error'],
    serviceErrorHandler: fail,
  });
  try {
    await app.get(CommandRunnerService).run(['node', 'inbrief', ...args]);
  } finally {
    await app.close();
  }
}

function told(error: unknown): string {
  if (error instanceof DomainError) {
    const faults = (error.faults ?? []).map(({ path, message }) => `\n  ${path} ${message}`);
    return `${error.code}: ${error.message}${faults.join('')}`;
  }
  if (error instanceof EnvError || error instanceof Error) return error.message;
  return String(error);
}
