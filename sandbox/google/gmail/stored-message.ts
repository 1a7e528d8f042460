import { decodeEncodedWords } from '../mime/encoded-words';
import { headerValue, type HeaderField, parseHeaderBlock } from '../mime/header-block';
import { type MimePart, parseMimeTree } from '../mime/mime-tree';
import { snippetOf } from '../mime/snippet';

/** One message of a mailbox. What is derived from its bytes is worked out on first use. */
export class StoredMessage {
  threadId = '';
  historyId = 0;
  private parsedFields: HeaderField[] | undefined;
  private shortText: string | undefined;
  private readonly searchable = new Map<string, string>();

  constructor(
    readonly id: string,
    readonly raw: Buffer,
    /** Epoch ms. */
    readonly internalDate: number,
    readonly labelIds: Set<string>,
  ) {}

  get fields(): HeaderField[] {
    this.parsedFields ??= parseHeaderBlock(this.raw).fields;
    return this.parsedFields;
  }

  get snippet(): string {
    this.shortText ??= snippetOf(this.tree());
    return this.shortText;
  }

  header(name: string): string | undefined {
    return headerValue(this.fields, name);
  }

  /** A header decoded and in lower case, for searches; '' when absent. */
  searchHeader(name: string): string {
    const known = this.searchable.get(name);
    if (known !== undefined) return known;
    const text = decodeEncodedWords(this.header(name) ?? '').toLowerCase();
    this.searchable.set(name, text);
    return text;
  }

  // Not kept: 5,000 decoded trees would hold the whole mailbox in memory twice.
  tree(): MimePart {
    return parseMimeTree(this.raw);
  }
}
