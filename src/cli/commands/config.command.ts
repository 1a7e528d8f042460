import { Command, CommandRunner, Option, SubCommand } from 'nest-commander';
import { SystemConfig } from '../../kernel/system-config/system-config';
import { SystemConfigEditor } from '../../kernel/system-config/system-config-editor';
import { Application, operator } from '../application';
import { Terminal } from '../terminal';

/** Prints what applies, with its default, its version and why a stored value does not act. */
@SubCommand({ name: 'get', arguments: '[key]', description: 'Show every setting, or one.' })
export class ConfigGetCommand extends CommandRunner {
  constructor(
    private readonly application: Application,
    private readonly terminal: Terminal,
  ) {
    super();
  }

  override async run([key]: string[]): Promise<void> {
    const states = await this.application.use((app) => Promise.resolve(app.get(SystemConfig).list()));
    const chosen = states.filter(({ setting }) => key === undefined || setting.key === key);
    const rows = chosen.map(({ setting, value, stored, fault }) => [
      setting.key,
      JSON.stringify(value),
      JSON.stringify(setting.fallback),
      stored?.version ?? 0,
      fault === undefined ? '' : `stored value ignored: ${fault}`,
    ]);
    this.terminal.table(['key', 'value', 'default', 'version', ''], rows);
    if (chosen.length === 0) this.terminal.exitWith(1);
  }
}

interface SetOptions {
  reason: string;
  expect?: number;
}

/** Changes one setting; it acts in every process within seconds. */
@SubCommand({
  name: 'set',
  arguments: '<key> <value>',
  description: 'Set a setting (JSON: true, 60, null, "text"), or `default` to return to its default.',
})
export class ConfigSetCommand extends CommandRunner {
  constructor(
    private readonly application: Application,
    private readonly terminal: Terminal,
  ) {
    super();
  }

  override async run([key = '', value = '']: string[], { reason, expect }: SetOptions): Promise<void> {
    const version = await this.application.use((app) => {
      const stored = app
        .get(SystemConfig)
        .list()
        .find(({ setting }) => setting.key === key)?.stored;
      return app.get(SystemConfigEditor).edit({
        key,
        value: value === 'default' ? undefined : (JSON.parse(value) as unknown),
        expectedVersion: expect ?? stored?.version ?? 0,
        reason,
        editor: { name: operator() },
      });
    });
    this.terminal.say(`${key} has version ${version}; it acts in every process within seconds`);
  }

  @Option({ flags: '--reason <text>', description: 'Why; it stands in the history.', required: true })
  parseReason(text: string): string {
    return text;
  }

  @Option({ flags: '--expect <version>', description: 'The version you looked at.' })
  parseExpect(text: string): number {
    return Number(text);
  }
}

@Command({
  name: 'config',
  description: 'Settings that act without a restart.',
  subCommands: [ConfigGetCommand, ConfigSetCommand],
})
export class ConfigCommand extends CommandRunner {
  override run(): Promise<void> {
    this.command.help();
    return Promise.resolve();
  }
}
