import { Injectable } from '@nestjs/common';
import { DiscoveryService, Reflector } from '@nestjs/core';
import { CommandBus, type ICommand } from '@nestjs/cqrs';
import { REWRAPS_SECRETS, type RewrapBatch, type RewrapCommandOf } from '../cqrs/rewraps-secrets';

/** A ciphertext is overtaken by a refresh, which writes under the current key: one more pass finds nothing to do. */
const mostPasses = 5;

/** Sums over everything a rotation looked at. */
export interface RotationResult {
  rewrapped: number;
  /** Rows that hold a ciphertext no key of the ring opens. */
  unreadable: string[];
  /** Whether the older keys may leave the ring. */
  complete: boolean;
}

/** Brings every stored secret of the application under the current ring key while the application runs. */
@Injectable()
export class KeyRotation {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly reflector: Reflector,
    private readonly commands: CommandBus,
  ) {}

  /** Idempotent; stopped half-way, it goes on where secrets are left. `onBatch` is told of each batch as it commits. */
  async run(onBatch: (name: string, batch: RewrapBatch) => void): Promise<RotationResult> {
    const result: RotationResult = { rewrapped: 0, unreadable: [], complete: false };
    for (let pass = 0; pass < mostPasses && !result.complete; pass++) {
      const unreadable: string[] = [];
      let overtaken = 0;
      await this.pass((name, batch) => {
        result.rewrapped += batch.rewrapped;
        overtaken += batch.overtaken;
        unreadable.push(...batch.unreadable);
        onBatch(name, batch);
      });
      result.unreadable = unreadable;
      if (overtaken === 0) {
        result.complete = unreadable.length === 0;
        break;
      }
    }
    return result;
  }

  private async pass(onBatch: (name: string, batch: RewrapBatch) => void): Promise<void> {
    for (const commandOf of this.commandsOfModules()) {
      let after: string | undefined;
      do {
        const command = commandOf(after);
        const batch = await this.commands.execute<ICommand, RewrapBatch>(command);
        onBatch(command.constructor.name, batch);
        after = batch.next;
      } while (after !== undefined);
    }
  }

  private commandsOfModules(): RewrapCommandOf[] {
    return this.discovery.getProviders().flatMap(({ metatype }) => {
      if (!metatype) return [];
      const commandOf = this.reflector.get<RewrapCommandOf | undefined>(REWRAPS_SECRETS, metatype);
      return commandOf ? [commandOf] : [];
    });
  }
}
