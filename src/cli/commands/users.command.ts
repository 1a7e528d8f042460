import { Injectable } from '@nestjs/common';
import { Command, CommandRunner, Option, SubCommand } from 'nest-commander';
import {
  ChangeRole,
  FindUsers,
  GetUser,
  ReinstateUser,
  SuspendUser,
  type UserRole,
} from '../../auth/contracts';
import { GetBalance } from '../../billing/contracts';
import { Application } from '../application';
import { Terminal } from '../terminal';

const listed = 100;

@SubCommand({ name: 'list', arguments: '[text]', description: 'Accounts by part of address or name.' })
export class UsersListCommand extends CommandRunner {
  constructor(
    private readonly application: Application,
    private readonly terminal: Terminal,
  ) {
    super();
  }

  override async run([text]: string[]): Promise<void> {
    const users = await this.application.ask(new FindUsers({ text }, listed));
    const rows = users.map(({ id, email, role, status, createdAt }) => [id, email, role, status, createdAt]);
    this.terminal.table(['id', 'email', 'role', 'status', 'since'], rows);
  }
}

@SubCommand({ name: 'show', arguments: '<id>', description: 'One account, with its doors and credits.' })
export class UsersShowCommand extends CommandRunner {
  constructor(
    private readonly application: Application,
    private readonly terminal: Terminal,
  ) {
    super();
  }

  override async run([id = '']: string[]): Promise<void> {
    const user = await this.application.ask(new GetUser(id));
    const { available, held } = await this.application.ask(new GetBalance(id));
    this.terminal.table(['what', ''], Object.entries({ ...user, available, held }));
  }
}

/** An act on an account, with its reason. Decorated, so that those who extend it are given what it asks for. */
@Injectable()
abstract class ActCommand extends CommandRunner {
  constructor(
    protected readonly application: Application,
    protected readonly terminal: Terminal,
  ) {
    super();
  }

  @Option({ flags: '--reason <text>', description: 'Why; it stands in the audit log.', required: true })
  parseReason(text: string): string {
    return text;
  }
}

@SubCommand({ name: 'suspend', arguments: '<id>', description: 'Shut an account out at once.' })
export class UsersSuspendCommand extends ActCommand {
  override async run([id = '']: string[], { reason }: { reason: string }): Promise<void> {
    await this.application.execute(new SuspendUser(id, reason, null));
    this.terminal.say(`${id} is suspended`);
  }
}

@SubCommand({ name: 'reinstate', arguments: '<id>', description: 'Let a suspended account in again.' })
export class UsersReinstateCommand extends ActCommand {
  override async run([id = '']: string[], { reason }: { reason: string }): Promise<void> {
    await this.application.execute(new ReinstateUser(id, reason, null));
    this.terminal.say(`${id} is active`);
  }
}

@SubCommand({ name: 'role', arguments: '<id> <role>', description: 'Make an `admin`, or a `user` again.' })
export class UsersRoleCommand extends ActCommand {
  override async run([id = '', role = '']: string[], { reason }: { reason: string }): Promise<void> {
    if (role !== 'admin' && role !== 'user') throw new Error('A role is admin or user');
    await this.application.execute(new ChangeRole(id, role satisfies UserRole, reason, null));
    this.terminal.say(`${id} is ${role}`);
  }
}

@Command({
  name: 'users',
  description: 'Accounts. The first administrator is made here: `users role <id> admin`.',
  subCommands: [
    UsersListCommand,
    UsersShowCommand,
    UsersSuspendCommand,
    UsersReinstateCommand,
    UsersRoleCommand,
  ],
})
export class UsersCommand extends CommandRunner {
  override run(): Promise<void> {
    this.command.help();
    return Promise.resolve();
  }
}
