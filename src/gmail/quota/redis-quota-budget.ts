import { Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { MemoryQuotaBudget } from './memory-quota-budget';
import { type BudgetClock, QuotaBudget, type QuotaLimits } from './quota-budget';
import { slotMs, slots } from './spending-window';

/**
 * `SpendingWindow` for the user's and the project's key at once, by Redis' own clock.
 * KEYS: user, project. ARGV: units, user's limit, project's limit, slot's ms, slots, 1 to spend in any case.
 */
const script = `
local units, slotMs, slots = tonumber(ARGV[1]), tonumber(ARGV[4]), tonumber(ARGV[5])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local current = math.floor(now / slotMs)
local function waitFor(key, limit)
  local flat, entries, used = redis.call('HGETALL', key), {}, 0
  for i = 1, #flat, 2 do
    local slot, amount = tonumber(flat[i]), tonumber(flat[i + 1])
    if slot <= current - slots then redis.call('HDEL', key, flat[i])
    else used = used + amount; entries[#entries + 1] = { slot, amount } end
  end
  if used + units <= limit or used == 0 then return 0 end
  table.sort(entries, function(one, other) return one[1] < other[1] end)
  for _, entry in ipairs(entries) do
    used = used - entry[2]
    if used + units <= limit or used == 0 then return (entry[1] + slots) * slotMs - now end
  end
  return slots * slotMs
end
local wait = 0
if ARGV[6] ~= '1' then wait = math.max(waitFor(KEYS[1], tonumber(ARGV[2])), waitFor(KEYS[2], tonumber(ARGV[3]))) end
if wait > 0 then return wait end
for i = 1, 2 do
  redis.call('HINCRBY', KEYS[i], current, units)
  redis.call('PEXPIRE', KEYS[i], (slots + 1) * slotMs)
end
return 0`;

/** The budget that all processes share. While Redis is out, each process keeps to the limits by itself. */
export class RedisQuotaBudget extends QuotaBudget {
  private readonly logger = new Logger(RedisQuotaBudget.name);
  private readonly alone: MemoryQuotaBudget;

  constructor(
    private readonly redis: Redis,
    private readonly limits: QuotaLimits,
    clock?: BudgetClock,
  ) {
    super(clock);
    this.alone = new MemoryQuotaBudget(limits);
  }

  async charge(mailbox: string, units: number): Promise<void> {
    await this.run(mailbox, units, true).catch(() => this.alone.charge(mailbox, units));
  }

  protected async tryTake(mailbox: string, units: number): Promise<number> {
    try {
      return await this.run(mailbox, units, false);
    } catch (error) {
      this.logger.debug({ err: error }, 'Quota cannot be shared; counting alone');
      await this.alone.take(mailbox, units);
      return 0;
    }
  }

  private async run(mailbox: string, units: number, always: boolean): Promise<number> {
    const keys = [`gmail-quota:{budget}:${mailbox}`, 'gmail-quota:{budget}'];
    const { perUser, perProject } = this.limits;
    const values = [units, perUser, perProject, slotMs, slots, always ? 1 : 0];
    return Number(await this.redis.eval(script, keys.length, ...keys, ...values));
  }
}
