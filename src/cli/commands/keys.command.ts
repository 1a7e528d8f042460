import { Command, CommandRunner, SubCommand } from 'nest-commander';
import { KeyRotation } from '../../kernel/crypto/key-rotation';
import { Application } from '../application';
import { Terminal } from '../terminal';

/** Re-wraps every stored secret under the first key of TOKEN_KEYS, online; exits 1 while an older key is still needed. */
@SubCommand({ name: 'rotate', description: 'Re-wrap stored secrets under the first key of TOKEN_KEYS.' })
export class KeysRotateCommand extends CommandRunner {
  constructor(
    private readonly application: Application,
    private readonly terminal: Terminal,
  ) {
    super();
  }

  override async run(): Promise<void> {
    const { rewrapped, unreadable, complete } = await this.application.use((app) =>
      app
        .get(KeyRotation)
        .run((name, batch) => this.terminal.say(`${name}: ${batch.rewrapped} of ${batch.seen} re-wrapped`)),
    );
    for (const id of unreadable) this.terminal.say(`unreadable: ${id}`);
    this.terminal.say(`${rewrapped} re-wrapped; ${complete ? 'complete' : 'keep the older keys'}`);
    this.terminal.exitWith(complete ? 0 : 1);
  }
}

@Command({ name: 'keys', description: 'The key ring.', subCommands: [KeysRotateCommand] })
export class KeysCommand extends CommandRunner {
  override run(): Promise<void> {
    this.command.help();
    return Promise.resolve();
  }
}
