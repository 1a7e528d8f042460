import { Command, CommandRunner, SubCommand } from 'nest-commander';
import { VerifyLedger } from '../../billing/contracts';
import { AuditChain } from '../../kernel/audit/audit-chain';
import { Application } from '../application';
import { Terminal } from '../terminal';

/** Prints every broken invariant; exits 1 where there is one. */
@SubCommand({ name: 'verify', description: 'Look at every invariant of the ledger.' })
export class LedgerVerifyCommand extends CommandRunner {
  constructor(
    private readonly application: Application,
    private readonly terminal: Terminal,
  ) {
    super();
  }

  override async run(): Promise<void> {
    const violations = await this.application.ask(new VerifyLedger());
    for (const { invariant, subject, detail } of violations)
      this.terminal.say(`${invariant} ${subject}: ${detail}`);
    this.terminal.say(`violations: ${violations.length}`);
    this.terminal.exitWith(violations.length === 0 ? 0 : 1);
  }
}

/** Recomputes the audit log's chain; exits 1 where a row or a block is not what was sealed. */
@SubCommand({ name: 'verify', description: "Recompute the audit log's chain." })
export class AuditVerifyCommand extends CommandRunner {
  constructor(
    private readonly application: Application,
    private readonly terminal: Terminal,
  ) {
    super();
  }

  override async run(): Promise<void> {
    const { blocks, rows, faults } = await this.application.use((app) => app.get(AuditChain).verify());
    for (const { block, rowId, what } of faults)
      this.terminal.say([block, rowId, what].filter((part) => part !== undefined).join(' '));
    this.terminal.say(`blocks: ${blocks}, rows: ${rows}, faults: ${faults.length}`);
    this.terminal.exitWith(faults.length === 0 ? 0 : 1);
  }
}

@Command({ name: 'ledger', description: 'The credit ledger.', subCommands: [LedgerVerifyCommand] })
export class LedgerCommand extends CommandRunner {
  override run(): Promise<void> {
    this.command.help();
    return Promise.resolve();
  }
}

@Command({ name: 'audit', description: 'The audit log.', subCommands: [AuditVerifyCommand] })
export class AuditCommand extends CommandRunner {
  override run(): Promise<void> {
    this.command.help();
    return Promise.resolve();
  }
}
