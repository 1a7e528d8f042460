import { Injectable } from '@nestjs/common';
import { WakeUp } from '../../kernel/worker/wake-up';

/** Rung by whoever commits a delivery that is due; heard by the worker of the same process. */
@Injectable()
export class DeliveryWakeUp extends WakeUp {}
