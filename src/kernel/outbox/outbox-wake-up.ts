import { Injectable } from '@nestjs/common';
import { WakeUp } from '../worker/wake-up';

/** Rung by whoever commits an event; heard by the relay of the same process. */
@Injectable()
export class OutboxWakeUp extends WakeUp {}
