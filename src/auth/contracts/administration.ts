import { Command, Query } from '@nestjs/cqrs';

export type UserStatus = 'active' | 'suspended' | 'deleted';
export type UserRole = 'user' | 'admin';

/** An account as an administrator sees it in a list. */
export interface UserView {
  id: string;
  email: string;
  name: string;
  role: UserRole;
  status: UserStatus;
  emailVerified: boolean;
  createdAt: Date;
}

/** Which accounts to look for; what is absent does not matter. */
export interface UserFilter {
  /** Part of the address or of the name, or an id. */
  text?: string;
  status?: UserStatus;
  role?: UserRole;
}

/** Accounts, the newest first, below the id `before`. */
export class FindUsers extends Query<UserView[]> {
  constructor(
    readonly filter: UserFilter,
    readonly limit: number,
    readonly before?: string,
  ) {
    super();
  }
}

/** One account with what it has open. @throws DomainError `auth.no-such-user` (not-found). */
export class GetUser extends Query<UserView & { liveSessions: number; liveApiKeys: number }> {
  constructor(readonly userId: string) {
    super();
  }
}

/** An act of an administrator on somebody else's account, with its reason for the audit log. */
abstract class ActOnUser extends Command<void> {
  /** @param adminId who acts; null at the operator's terminal. */
  constructor(
    readonly userId: string,
    readonly reason: string,
    readonly adminId: string | null,
  ) {
    super();
  }
}

/**
 * Shuts an account out at once: its sessions end, its keys open nothing, its work is ended and the credits of it given back
 * (`UserSuspended`). Repeating it changes nothing.
 * @throws DomainError `auth.no-such-user`; `auth.not-yourself` (conflict).
 */
export class SuspendUser extends ActOnUser {}

/** Lets a suspended account in again; work that was ended stays ended. Repeating it changes nothing. */
export class ReinstateUser extends ActOnUser {}

/** Ends every session of an account. */
export class SignOutUser extends ActOnUser {}

/** Makes an administrator or an ordinary user. @throws DomainError `auth.no-such-user`; `auth.not-yourself` (conflict). */
export class ChangeRole extends Command<void> {
  constructor(
    readonly userId: string,
    readonly role: UserRole,
    readonly reason: string,
    readonly adminId: string | null,
  ) {
    super();
  }
}

/** Deletes an account for good, as its owner could. @throws DomainError `auth.no-such-user`; `auth.not-yourself` (conflict). */
export class EraseUser extends ActOnUser {}

/** Everything held about a user, over all modules; that it was taken stands in the user's own trail. */
export class ExportUser extends Command<Record<string, unknown>> {
  constructor(
    readonly userId: string,
    readonly reason: string,
  ) {
    super();
  }
}

/**
 * Lets an administrator in whose call carries no bearer token, while the session and the role are still theirs.
 * @throws DomainError `auth.unauthenticated` when the session or the account ended; `auth.forbidden` for a role that is gone.
 */
export class RequireLiveAdmin extends Query<void> {
  constructor(
    readonly userId: string,
    readonly sessionId: string,
  ) {
    super();
  }
}

/** What all users did on a day (UTC). Costs in millionths of a dollar. */
export interface UsageDay {
  day: string;
  activeUsers: number;
  discovered: number;
  summarised: number;
  skipped: number;
  failed: number;
  inputTokens: number;
  outputTokens: number;
  cacheReadTokens: number;
  cacheWriteTokens: number;
  costMicros: number;
}

/** What one user's mails came to over some days. Costs in millionths of a dollar. */
export interface UsageOfUser extends Omit<UsageDay, 'day' | 'activeUsers'> {
  userId: string;
  email: string;
  /** Days on which anything was done for them. */
  activeDays: number;
}

/** The users whose mails cost most from `from` to `to` (ISO dates, both included), the dearest first. */
export class ListUsageByUser extends Query<UsageOfUser[]> {
  constructor(
    readonly from: string,
    readonly to: string,
    readonly limit: number,
  ) {
    super();
  }
}

/** Days from `from` to `to` (ISO dates, both included) on which anything happened, the oldest first. */
export class ListUsageDays extends Query<UsageDay[]> {
  constructor(
    readonly from: string,
    readonly to: string,
  ) {
    super();
  }
}
