import { CommandBus, type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { GetGmailConsentUrl } from '../../auth/contracts';
import { ConnectGmail } from './connect-gmail.handler';

/** Registration asks for the consent page's address by auth's own contract. */
@QueryHandler(GetGmailConsentUrl)
export class GetGmailConsentUrlHandler implements IQueryHandler<GetGmailConsentUrl> {
  constructor(private readonly commands: CommandBus) {}

  execute({ userId, sessionId }: GetGmailConsentUrl): Promise<string> {
    return this.commands.execute(new ConnectGmail(userId, sessionId));
  }
}
