import { type DynamicModule, Module } from '@nestjs/common';
import { Application } from './application';
import { ConfigCommand } from './commands/config.command';
import { DoctorCommand } from './commands/doctor.command';
import { KeysCommand } from './commands/keys.command';
import { CreditsCommand, EventsCommand } from './commands/money.command';
import { JobsCommand } from './commands/jobs.command';
import { UsersCommand } from './commands/users.command';
import { AuditCommand, LedgerCommand } from './commands/verify.command';
import { Terminal } from './terminal';

const commands = [
  AuditCommand,
  ConfigCommand,
  CreditsCommand,
  DoctorCommand,
  EventsCommand,
  JobsCommand,
  KeysCommand,
  LedgerCommand,
  UsersCommand,
];

/** What an operator does from a terminal: other modules' commands and queries, like the admin API. */
@Module({})
export class CliModule {
  static with(terminal: Terminal): DynamicModule {
    return {
      module: CliModule,
      providers: [
        Application,
        { provide: Terminal, useValue: terminal },
        ...commands.flatMap((command) => command.registerWithSubCommands()),
      ],
    };
  }
}
