import { isUtf8 } from 'node:buffer';

/** One header field, unfolded to a single line, its encoded words still encoded. */
export interface HeaderField {
  name: string;
  value: string;
}

export interface HeaderBlock {
  fields: HeaderField[];
  /** Offset of the first byte after the blank line; the buffer's length when there is no body. */
  bodyStart: number;
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
// A colon must follow a name without blanks, so an mbox "From " line and stray text are passed over.
const field = /^([!-9;-~]+)[ \t]*:(.*)$/s;
const byteLimit = 1_000_000;

/** Reads the header fields at the start of `bytes`. Lines that are no header field are ignored. */
export function parseHeaderBlock(bytes: Buffer): HeaderBlock {
  const lines: string[] = [];
  let at = 0;
  let bodyStart = bytes.length;
  while (at < bytes.length && at < byteLimit) {
    const feed = bytes.indexOf(lineFeed, at);
    const end = feed === -1 ? bytes.length : feed;
    const textEnd = end > at && bytes[end - 1] === carriageReturn ? end - 1 : end;
    const next = feed === -1 ? bytes.length : feed + 1;
    if (textEnd === at) {
      bodyStart = next;
      break;
    }
    append(lines, headerText(bytes.subarray(at, textEnd)));
    at = next;
  }
  return { fields: lines.flatMap(toField), bodyStart };
}

/** The value of the first field of that name, or undefined. */
export function headerValue(fields: readonly HeaderField[], name: string): string | undefined {
  const wanted = name.toLowerCase();
  return fields.find((entry) => entry.name.toLowerCase() === wanted)?.value;
}

function append(lines: string[], line: string): void {
  const folded = line.startsWith(' ') || line.startsWith('\t');
  const last = lines.length - 1;
  if (folded && last >= 0) lines[last] = `${lines[last] ?? ''} ${line.trim()}`;
  else lines.push(line);
}

function toField(line: string): HeaderField[] {
  const [, name, value] = field.exec(line) ?? [];
  return name === undefined || value === undefined ? [] : [{ name, value: value.trim() }];
}

// Raw eight-bit headers are UTF-8 by SMTPUTF8 and Latin-1 by old habit.
function headerText(bytes: Buffer): string {
  return bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1');
}
