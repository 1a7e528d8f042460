import 'reflect-metadata';
import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Injectable,
  Module,
  Post,
  Query,
  Req,
} from '@nestjs/common';
import { type CanActivate, type ExecutionContext, UnauthorizedException, UseGuards } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { JwtService } from '@nestjs/jwt';
import { ExpressAdapter } from '@nestjs/platform-express';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '../../../src/kernel/database/generated/client';
import { answerPlans } from '../program';
import { balanceBody, dashboardBody, summariesBody } from './answers';
import { type Claims, type RivalPlan, signIn } from './rival';
import * as sql from './statements';

type Row = Record<string, unknown>;
type Statement = [text: string, values: unknown[]];
interface Caller {
  user: Claims;
  headers: { authorization?: string };
}

let plan: RivalPlan;

/** Row level security the way Prisma's documentation shows it: an interactive transaction that begins with set_config. */
@Injectable()
class Database {
  private readonly prisma = new PrismaClient({
    adapter: new PrismaPg({ connectionString: plan.databaseUrl, max: plan.poolSize }),
  });

  under(role: string, user: string, statements: Statement[]): Promise<Row[][]> {
    return this.prisma.$transaction(
      async (db) => {
        await db.$queryRawUnsafe(sql.enterIdentity, role, user);
        const all: Row[][] = [];
        for (const [text, values] of statements)
          all.push(await db.$queryRawUnsafe<Row[]>(typed(text, values), ...values));
        return all;
      },
      { maxWait: 30_000, timeout: 30_000 },
    );
  }
}

/** Prisma sends a string as text: an id must say that it is one. */
function typed(text: string, values: unknown[]): string {
  const isId = (value: unknown) => typeof value === 'string' && /^[\da-f]{8}-[\da-f-]{27}$/.test(value);
  return values.reduce<string>(
    (done, value, index) =>
      isId(value) ? done.replace(new RegExp(`\\$${index + 1}\\b`, 'g'), `$&::uuid`) : done,
    text,
  );
}

@Injectable()
class BearerGuard implements CanActivate {
  private readonly jwt = new JwtService({ secret: plan.jwtKey });

  constructor(@Inject(Database) private readonly db: Database) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Caller>();
    const token = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
    const options = { algorithms: ['HS256' as const], issuer: plan.issuer, audience: 'inbrief-api' };
    request.user = await this.jwt.verifyAsync<Claims & object>(token, options).catch(() => {
      throw new UnauthorizedException();
    });
    const [rows] = await this.db.under('inbrief_service', '', [
      [sql.session, [request.user.sid, request.user.sub]],
    ]);
    if (!rows?.[0]) throw new UnauthorizedException();
    return true;
  }
}

@Controller()
class RoutesController {
  constructor(@Inject(Database) private readonly db: Database) {}

  @Get('health/live')
  live() {
    return { status: 'ok' };
  }

  @Get('api/billing/balance')
  @UseGuards(BearerGuard)
  async balance(@Req() { user: { sub } }: Caller) {
    const [rows] = await this.db.under('inbrief_user', sub, [[sql.balance, [sub]]]);
    return balanceBody(rows?.[0]);
  }

  @Get('api/email/summaries')
  @UseGuards(BearerGuard)
  async summaries(@Req() { user: { sub } }: Caller, @Query('limit') given: string) {
    const limit = Number(given);
    const [rows = []] = await this.db.under('inbrief_user', sub, [[sql.summaries, [sub, limit + 1]]]);
    return summariesBody(rows, limit);
  }

  @Get('api/dashboard')
  @UseGuards(BearerGuard)
  async dashboard(@Req() { user: { sub } }: Caller) {
    const statements = [sql.balance, sql.connections, sql.overview].map((text): Statement => [text, [sub]]);
    const [balance, connections = [], overview] = await this.db.under('inbrief_user', sub, statements);
    return dashboardBody(balance?.[0], connections, overview?.[0]);
  }

  @Post('api/auth/login')
  @HttpCode(200)
  async login(@Body() credentials: { email: string; password: string }) {
    const asService = (statements: Statement[]) => this.db.under('inbrief_service', '', statements);
    const body = await signIn(plan, asService, credentials);
    if (!body) throw new UnauthorizedException();
    return body;
  }
}

@Module({ controllers: [RoutesController], providers: [Database, BearerGuard] })
class RivalModule {}

/** What most teams would write: Nest on Express, and Prisma's interactive transactions. */
answerPlans(async (given: RivalPlan): Promise<string> => {
  plan = given;
  const app = await NestFactory.create(RivalModule, new ExpressAdapter(), { logger: false });
  await app.listen(0, '127.0.0.1');
  return app.getUrl();
});
