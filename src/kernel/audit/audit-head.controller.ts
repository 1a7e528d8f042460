import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiProperty } from '@nestjs/swagger';
import { Access } from '../http/access.decorator';
import { anchorText, AuditChain } from './audit-chain';

/** How far the audit log is sealed. */
export class AuditHeadDto {
  /** `SEQ:HASH` of the last block; null while there is none. @example 12:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 */
  @ApiProperty({ type: String, nullable: true, maxLength: 100 })
  head!: string | null;
}

/** For whoever keeps heads out of the database's reach, so that a rewritten chain is found. */
@Access('service', 'audit')
@Controller('internal')
export class AuditHeadController {
  constructor(private readonly chain: AuditChain) {}

  @Get('audit-head')
  @ApiOperation({ operationId: 'internal.auditHead', summary: 'The last sealed block of the audit log' })
  async head(): Promise<AuditHeadDto> {
    const anchor = await this.chain.head();
    return { head: anchor ? anchorText(anchor) : null };
  }
}
