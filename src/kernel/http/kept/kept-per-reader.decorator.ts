import { UseInterceptors } from '@nestjs/common';
import { KeptAnswerInterceptor } from './kept-answer.interceptor';

/**
 * For a read whose answer is made of rows that renew their reader's version (`reader_versions`) and of nothing else, the clock
 * apart, of which its handler says `goodUntil`.
 */
export const KeptPerReader = (): MethodDecorator => UseInterceptors(KeptAnswerInterceptor);
