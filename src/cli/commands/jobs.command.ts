import { Command, CommandRunner, SubCommand } from 'nest-commander';
import { RetryJob } from '../../jobs/contracts';
import { Application } from '../application';
import { Terminal } from '../terminal';

@SubCommand({ name: 'retry', arguments: '<id>', description: 'Try a failed or cancelled mail again.' })
export class JobsRetryCommand extends CommandRunner {
  constructor(
    private readonly application: Application,
    private readonly terminal: Terminal,
  ) {
    super();
  }

  override async run([id = '']: string[]): Promise<void> {
    const { state } = await this.application.execute(new RetryJob('admin', id));
    this.terminal.say(`${id} is ${state}`);
  }
}

@Command({ name: 'jobs', description: 'The work on mails.', subCommands: [JobsRetryCommand] })
export class JobsCommand extends CommandRunner {
  override run(): Promise<void> {
    this.command.help();
    return Promise.resolve();
  }
}
