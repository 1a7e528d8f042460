import { toUtf8 } from './charset';
import { headerValue, type HeaderField, parseHeaderBlock } from './header-block';
import { parseStructured } from './parameters';
import { splitMultipart } from './multipart';
import { decodeTransfer } from './transfer-encoding';

/** One node of a message's MIME tree. Containers have `parts` and no content; leaves have content. */
export interface MimePart {
  /** Gmail's numbering: '' for the whole message, then '0', '1', '1.0' and so on. */
  partId: string;
  headers: HeaderField[];
  mimeType: string;
  filename: string;
  /** Content-Disposition's main value, lower case; '' when absent. */
  disposition: string;
  parts: MimePart[];
  /** Decoded bytes, text already as UTF-8. Empty for multipart containers. */
  content: Buffer;
}

const depthLimit = 30;
const partLimit = 2_000;

interface Budget {
  parts: number;
}

/** Parses a message of any shape into its tree. Never throws; what nests deeper than 30 levels stays a leaf. */
export function parseMimeTree(raw: Buffer): MimePart {
  return parsePart(raw, '', 0, { parts: 0 }, 'text/plain');
}

/** Every node of the tree, parents first. */
export function* walkParts(part: MimePart): Generator<MimePart> {
  yield part;
  for (const child of part.parts) yield* walkParts(child);
}

function parsePart(
  raw: Buffer,
  partId: string,
  depth: number,
  budget: Budget,
  fallbackType: string,
): MimePart {
  const { fields, bodyStart } = parseHeaderBlock(raw);
  const body = raw.subarray(bodyStart);
  const type = parseStructured(headerValue(fields, 'content-type'));
  const disposition = parseStructured(headerValue(fields, 'content-disposition'));
  const part: MimePart = {
    partId,
    headers: fields,
    mimeType: /^[^\s/]+\/[^\s/]+$/.test(type.value) ? type.value : fallbackType,
    filename: disposition.parameters.get('filename') ?? type.parameters.get('name') ?? '',
    disposition: disposition.value,
    parts: [],
    content: Buffer.alloc(0),
  };
  budget.parts += 1;
  const nests = depth < depthLimit && budget.parts < partLimit;
  const boundary = type.parameters.get('boundary');
  if (nests && part.mimeType.startsWith('multipart/') && boundary) {
    const childType = part.mimeType === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
    part.parts = splitMultipart(body, boundary, partLimit - budget.parts).map((piece, index) =>
      parsePart(piece, childId(partId, index), depth + 1, budget, childType),
    );
    if (part.parts.length > 0) return part;
  }
  const bytes = decodeTransfer(body, headerValue(fields, 'content-transfer-encoding'));
  if (nests && part.mimeType === 'message/rfc822') {
    part.parts = [parsePart(bytes, childId(partId, 0), depth + 1, budget, 'text/plain')];
  }
  part.content = part.mimeType.startsWith('text/') ? toUtf8(bytes, type.parameters.get('charset')) : bytes;
  return part;
}

function childId(parent: string, index: number): string {
  return parent === '' ? String(index) : `${parent}.${index}`;
}
