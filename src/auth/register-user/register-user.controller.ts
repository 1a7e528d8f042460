import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { RepeatsSafely } from '../../kernel/http/idempotency/idempotent.decorator';
import { RateLimitAs } from '../../kernel/http/rate-limit/rate-limit.decorator';
import { RegisteredUserDto, RegisterUserDto } from './register-user.dto';
import { RegisterUser } from './register-user.handler';

@Controller('api/auth')
export class RegisterUserController {
  constructor(private readonly commands: CommandBus) {}

  @Post('register')
  @RepeatsSafely('An address is registered once; after a lost answer, sign in.')
  @Access('public')
  @RateLimitAs('auth')
  @ApiOperation({ operationId: 'auth.register', summary: 'Open an account and sign in' })
  @ApiProblem(403, '`auth.signups-closed`: no new accounts are opened at the moment.')
  @ApiProblem(409, '`auth.email-taken`: an account with this address exists.')
  register(@Body() { email, password, name }: RegisterUserDto): Promise<RegisteredUserDto> {
    return this.commands.execute(new RegisterUser(email, password, name));
  }
}
