import type { ICommand } from '@nestjs/cqrs';
import { type Saga, SagaOn } from '../../kernel/cqrs/saga';
import { PayBack } from './pay-back.handler';
import { RefundRequested } from './refund-requested.event';

@SagaOn(RefundRequested)
export class PayBackOnRefundRequested implements Saga<RefundRequested> {
  react({ paymentId, ref }: RefundRequested): ICommand[] {
    return [new PayBack(paymentId, ref)];
  }
}
