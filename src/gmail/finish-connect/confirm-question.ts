import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetAccountAddress } from '../../auth/contracts';
import { createOpaqueToken, hashOpaqueToken } from '../../kernel/crypto/opaque-token';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { GmailRepository } from '../gmail.repository';
import { unknownState } from './unknown-state';

/** What a person is asked before their mailbox is connected. */
export interface ConfirmQuestion {
  /** The address of the account that would get the mailbox. */
  account: string;
  state: string;
  code: string;
  /** Whoever brings it back has seen the question; works once, for this consent. */
  confirmation: string;
}

/** Asks for whom a mailbox is: the link to Google's page, from which a browser comes, may have been anybody's. */
@Injectable()
export class ConfirmQuestions {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: GmailRepository,
    private readonly queries: QueryBus,
  ) {}

  /** The consent stays open; a second question makes the first void. @throws DomainError `gmail.state-unknown` (invalid). */
  async ask(state: string, code: string): Promise<ConfirmQuestion> {
    const { token, hash } = createOpaqueToken();
    const begun = await this.uow.readAsService('ask to confirm a Gmail consent', () =>
      this.repository.guardOauthState(hashOpaqueToken(state), hash),
    );
    const account = begun && (await this.queries.execute(new GetAccountAddress(begun.userId)));
    if (!account) throw unknownState();
    return { account, state, code, confirmation: token };
  }
}
