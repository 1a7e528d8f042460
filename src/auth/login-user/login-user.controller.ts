import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { RepeatsSafely } from '../../kernel/http/idempotency/idempotent.decorator';
import { RateLimitAs } from '../../kernel/http/rate-limit/rate-limit.decorator';
import { LoginUserDto, SignedInDto } from './login-user.dto';
import { LoginUser } from './login-user.handler';

@Controller('api/auth')
export class LoginUserController {
  constructor(private readonly commands: CommandBus) {}

  @Post('login')
  @RepeatsSafely('Each sign-in opens a session of its own.')
  @HttpCode(200)
  @Access('public')
  @RateLimitAs('auth')
  @ApiOperation({ operationId: 'auth.login', summary: 'Sign in with a password' })
  @ApiProblem(401, '`auth.invalid-credentials`, `auth.second-factor-required`, `auth.wrong-code`.')
  @ApiProblem(403, '`auth.account-suspended`.')
  login(@Body() { email, password, code }: LoginUserDto): Promise<SignedInDto> {
    return this.commands.execute(new LoginUser(email, password, code));
  }
}
