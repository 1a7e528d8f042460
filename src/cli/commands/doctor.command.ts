import { Command, CommandRunner, Option } from 'nest-commander';
import type { Finding } from '../../kernel/diagnosis/finding';
import { diagnose } from '../doctor/diagnose';
import { Terminal } from '../terminal';

const marks = { ok: '✓', warning: '!', fault: '✗' } as const;

/** Looks at everything the product stands on, says what is wrong and how to mend it; exits 1 where something is. */
@Command({ name: 'doctor', description: 'Look at the installation and say the mend for each fault.' })
export class DoctorCommand extends CommandRunner {
  constructor(private readonly terminal: Terminal) {
    super();
  }

  override async run(_args: string[], { json = false }: { json?: boolean } = {}): Promise<void> {
    const findings = await diagnose(undefined);
    if (json) this.terminal.say(JSON.stringify(findings, null, 2));
    else this.print(findings);
    this.terminal.exitWith(findings.some(({ state }) => state === 'fault') ? 1 : 0);
  }

  @Option({ flags: '--json', description: 'For programs.' })
  parseJson(): boolean {
    return true;
  }

  private print(findings: Finding[]): void {
    const width = Math.max(...findings.map(({ check }) => check.length));
    for (const { check, state, said, mend } of findings) {
      this.terminal.say(`${marks[state]} ${check.padEnd(width)}  ${said}`);
      if (mend !== undefined) this.terminal.say(`  ${' '.repeat(width)}  mend: ${mend}`);
    }
    const count = (state: Finding['state']) => findings.filter((finding) => finding.state === state).length;
    this.terminal.say(`${count('ok')} sound, ${count('warning')} to look at, ${count('fault')} fault(s)`);
  }
}
