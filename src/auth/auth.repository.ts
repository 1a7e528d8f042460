import { Injectable } from '@nestjs/common';
import { Prisma } from '../kernel/database/generated/client';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import { DomainError } from '../kernel/errors/domain-error';

/** An account as its owner may see it. */
export interface Account {
  id: string;
  email: string;
  name: string;
  role: string;
  emailVerifiedAt: Date | null;
  preferences: unknown;
  secondFactor: { confirmedAt: Date | null } | null;
  createdAt: Date;
}

/** An account to be opened: with a password, or with a Google identity. */
export interface NewUser {
  id: string;
  email: string;
  name: string;
  passwordHash?: string;
  googleSubject?: string;
  emailVerifiedAt?: Date;
}

/** An account with what a sign-in checks. */
export interface Credentials extends Account {
  passwordHash: string | null;
  googleSubject: string | null;
  status: string;
}

const accountFields = {
  id: true,
  email: true,
  name: true,
  role: true,
  emailVerifiedAt: true,
  preferences: true,
  secondFactor: { select: { confirmedAt: true } },
  createdAt: true,
} as const;
const credentialFields = { ...accountFields, passwordHash: true, googleSubject: true, status: true } as const;

/** Accounts. Every method joins the ambient unit of work. */
@Injectable()
export class AuthRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** @throws DomainError `auth.email-taken` (conflict) when an account has this address. */
  async insertUser(user: NewUser): Promise<Account> {
    try {
      return await this.uow.db.user.create({ data: user, select: accountFields });
    } catch (error) {
      if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') throw error;
      throw new DomainError(
        'conflict',
        'auth.email-taken',
        'An account with this address exists. Sign in instead.',
      );
    }
  }

  findCredentialsByEmail(email: string): Promise<Credentials | null> {
    return this.uow.db.user.findFirst({ where: { email }, select: credentialFields });
  }

  findCredentialsByGoogle(googleSubject: string): Promise<Credentials | null> {
    return this.uow.db.user.findFirst({ where: { googleSubject }, select: credentialFields });
  }

  /** Ties an account to a Google identity, which vouches for its address (service). */
  async linkGoogle(userId: string, googleSubject: string): Promise<void> {
    const data = { googleSubject, emailVerifiedAt: new Date() };
    await this.uow.db.user.update({ where: { id: userId }, data, select: { id: true } });
  }

  findAccount(userId: string): Promise<Account | null> {
    return this.uow.db.user.findFirst({ where: { id: userId }, select: accountFields });
  }

  /** The account, locked until the commit. */
  async lockAccount(userId: string): Promise<Account> {
    await this.uow.db.$executeRaw`select from users where id = ${userId}::uuid for update`;
    return this.uow.db.user.findFirstOrThrow({ where: { id: userId }, select: accountFields });
  }

  findCredentials(userId: string): Promise<Credentials | null> {
    return this.uow.db.user.findFirst({ where: { id: userId }, select: credentialFields });
  }

  /** Replaces the password; null takes it away (service). */
  async setPassword(userId: string, passwordHash: string | null): Promise<void> {
    await this.uow.db.user.update({ where: { id: userId }, data: { passwordHash }, select: { id: true } });
  }

  /** Notes that mail to the account's address arrives; the first time counts (service). */
  async markEmailVerified(userId: string): Promise<boolean> {
    const { count } = await this.uow.db.user.updateMany({
      where: { id: userId, emailVerifiedAt: null },
      data: { emailVerifiedAt: new Date() },
    });
    return count > 0;
  }

  /** Replaces the name when one is given, and merges the preferences in; null takes one out. */
  async updateProfile(
    userId: string,
    { name, preferences = {} }: { name?: string; preferences?: object },
  ): Promise<Account> {
    await this.uow.db.$executeRaw`
      update users set name = coalesce(${name ?? null}, name), preferences = jsonb_strip_nulls(preferences || ${preferences}::jsonb)
      where id = ${userId}::uuid`;
    return this.uow.db.user.findFirstOrThrow({ where: { id: userId }, select: accountFields });
  }

  /** Takes the person out of an account for good, and answers the address it had (service). */
  async anonymise(userId: string): Promise<string> {
    const { email } = await this.uow.db.user.findFirstOrThrow({
      where: { id: userId },
      select: { email: true },
    });
    await this.uow.db.user.update({
      where: { id: userId },
      data: {
        email: `deleted-${userId}@deleted.invalid`,
        name: 'Deleted user',
        passwordHash: null,
        googleSubject: null,
        emailVerifiedAt: null,
        preferences: {},
        role: 'user',
        status: 'deleted',
        deletedAt: new Date(),
      },
      select: { id: true },
    });
    return email;
  }
}
