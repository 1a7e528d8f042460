import { Injectable } from '@nestjs/common';
import { WakeUp } from '../../kernel/worker/wake-up';

/** Rung when a job became ready or a place in the queue became free; heard by the dispatcher of the same process. */
@Injectable()
export class DispatchWakeUp extends WakeUp {}
