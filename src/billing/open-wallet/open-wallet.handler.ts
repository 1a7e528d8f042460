import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { SystemConfig } from '../../kernel/system-config/system-config';
import { AccountsRepository } from '../accounts.repository';
import { welcomeTerms } from '../billing.settings';
import { GrantCredits } from '../contracts';
import { LedgerRepository } from '../ledger.repository';

/** Welcome credits burn before anything that was paid for. */
const welcomePriority = 0;

/** Gives a new user a wallet and, once in a life, the welcome credits. */
export class OpenWallet extends Command<void> {
  constructor(readonly userId: string) {
    super();
  }
}

@CommandHandler(OpenWallet)
export class OpenWalletHandler implements ICommandHandler<OpenWallet> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly ledger: LedgerRepository,
    private readonly accounts: AccountsRepository,
    private readonly commands: CommandBus,
    private readonly config: SystemConfig,
  ) {}

  execute({ userId }: OpenWallet): Promise<void> {
    return this.uow.asService('open a wallet', async () => {
      await this.ledger.openWallet(userId);
      await this.accounts.open(userId);
      const { credits, validityDays } = this.config.get(welcomeTerms);
      if (credits === 0) return;
      const terms = { priority: welcomePriority, validityDays };
      await this.commands.execute(new GrantCredits(userId, 'welcome', userId, credits, terms));
    });
  }
}
