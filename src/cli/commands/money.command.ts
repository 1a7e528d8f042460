import { Command, CommandRunner, Option, SubCommand } from 'nest-commander';
import { GrantCredits, ReplayStripeEvent } from '../../billing/contracts';
import { Application } from '../application';
import { Terminal } from '../terminal';

@SubCommand({
  name: 'grant',
  arguments: '<userId> <credits> <reference>',
  description: 'Give promotional credits, once for each reference, such as a ticket’s number.',
})
export class CreditsGrantCommand extends CommandRunner {
  constructor(
    private readonly application: Application,
    private readonly terminal: Terminal,
  ) {
    super();
  }

  override async run([userId = '', credits = '', reference = '']: string[]): Promise<void> {
    const amount = Number(credits);
    if (!Number.isSafeInteger(amount) || amount < 1) throw new Error('Credits are a whole number above 0');
    const fresh = await this.application.execute(new GrantCredits(userId, 'promotion', reference, amount));
    this.terminal.say(fresh ? `${amount} credits granted` : `${reference} was granted before`);
  }
}

@SubCommand({ name: 'replay', arguments: '<eventId>', description: 'Act upon a Stripe event once more.' })
export class EventsReplayCommand extends CommandRunner {
  constructor(
    private readonly application: Application,
    private readonly terminal: Terminal,
  ) {
    super();
  }

  override async run([eventId = '']: string[], { reason }: { reason: string }): Promise<void> {
    await this.application.execute(new ReplayStripeEvent(eventId, reason));
    this.terminal.say(`${eventId} is due again`);
  }

  @Option({ flags: '--reason <text>', description: 'Why; it stands in the audit log.', required: true })
  parseReason(text: string): string {
    return text;
  }
}

@Command({ name: 'credits', description: 'Credits of users.', subCommands: [CreditsGrantCommand] })
export class CreditsCommand extends CommandRunner {
  override run(): Promise<void> {
    this.command.help();
    return Promise.resolve();
  }
}

@Command({ name: 'events', description: "Stripe's events.", subCommands: [EventsReplayCommand] })
export class EventsCommand extends CommandRunner {
  override run(): Promise<void> {
    this.command.help();
    return Promise.resolve();
  }
}
