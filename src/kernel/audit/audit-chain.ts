import { Injectable } from '@nestjs/common';
import { AuditChainRepository, type SealedBlock, type StoredBlock } from './audit-chain.repository';

/** One thing that is wrong with the log, in words. */
export interface AuditFault {
  /** Block it was found in; undefined for a row that stands in none. */
  readonly block?: bigint;
  /** Row it is about; undefined where the block itself is wrong. */
  readonly rowId?: string;
  readonly what: string;
}

/** A place in the chain that somebody wrote down: whatever was sealed up to there cannot be rewritten unseen. */
export interface Anchor {
  readonly block: bigint;
  /** Hexadecimal. */
  readonly hash: string;
}

export interface AuditReport {
  readonly blocks: number;
  readonly rows: number;
  /** The last block; undefined while there is none. */
  readonly head?: Anchor;
  readonly faults: readonly AuditFault[];
}

/** A unit of work lasts 15 s at most; a row this old has committed or never will, ms. */
const settledMs = 60_000;
const rowsPerBlock = 1_000;
const blocksAtOnce = 50;
const straysShown = 1_000;
const genesis = '0'.repeat(64);

/** `SEQ:HASH`, as people copy it. */
export function anchorText({ block, hash }: Anchor): string {
  return `${block}:${hash}`;
}

/** Makes the audit log tamper-evident: rows are sealed into blocks, and each block names the hash of the one before. */
@Injectable()
export class AuditChain {
  constructor(private readonly repository: AuditChainRepository) {}

  /** Seals the oldest rows that have settled; undefined when there were none. Any number of processes may call it. */
  seal({ olderThanMs = settledMs, most = rowsPerBlock } = {}): Promise<SealedBlock | undefined> {
    return this.repository.seal(olderThanMs, most);
  }

  /** The last block, as an anchor to write down; undefined while there is none. */
  async head(): Promise<Anchor | undefined> {
    const block = await this.repository.head();
    return block && { block: block.seq, hash: hex(block.hash) };
  }

  /** Looks at every block and every row. An anchor that was written down elsewhere must be part of the chain. */
  async verify(anchor?: Anchor): Promise<AuditReport> {
    const faults: AuditFault[] = [];
    let [blocks, rows, head] = [0, 0, { block: 0n, hash: genesis }];
    let anchored = anchor === undefined;
    for (;;) {
      const page = await this.repository.blocks(head.block, blocksAtOnce);
      const [first, last] = [page[0], page.at(-1)];
      if (!first || !last) break;
      for (const block of page) {
        faults.push(...faultsOfBlock(block, head));
        head = { block: block.seq, hash: hex(block.hash) };
        anchored ||= head.block === anchor?.block && head.hash === anchor.hash;
        blocks += 1;
        rows += block.rows;
      }
      for (const { seq, id, fault } of await this.repository.misfits(first.seq, last.seq))
        faults.push({ block: seq, rowId: id, what: fault });
    }
    for (const rowId of await this.repository.strays(straysShown)) faults.push({ rowId, what: 'inserted' });
    if (!anchored) faults.push({ block: anchor?.block, what: 'the anchor is not in the chain' });
    return { blocks, rows, ...(blocks > 0 && { head }), faults };
  }
}

function faultsOfBlock(block: StoredBlock, before: Anchor): AuditFault[] {
  const faults: AuditFault[] = [];
  if (block.seq !== before.block + 1n)
    faults.push({ block: block.seq, what: `follows block ${before.block}: blocks in between are missing` });
  else if (hex(block.previous) !== before.hash)
    faults.push({ block: block.seq, what: 'does not follow the block before it' });
  if (hex(block.hash) !== hex(block.expected))
    faults.push({ block: block.seq, what: 'is not what was sealed' });
  return faults;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
