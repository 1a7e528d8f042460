const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * The pieces between the boundary lines of a multipart body, at most `limit` of them. Preamble and epilogue are left
 * out; a missing closing boundary ends the last piece at the body's end.
 */
export function splitMultipart(body: Buffer, boundary: string, limit: number): Buffer[] {
  const delimiter = Buffer.from(`--${boundary}`, 'latin1');
  const pieces: Buffer[] = [];
  let start: number | undefined;
  let at = body.indexOf(delimiter);
  while (at !== -1 && pieces.length < limit) {
    const line = boundaryLine(body, at, delimiter.length);
    if (line) {
      if (start !== undefined) pieces.push(body.subarray(start, Math.max(start, trimBreak(body, at))));
      start = line.closing ? undefined : line.next;
      if (line.closing) return pieces;
    }
    at = body.indexOf(delimiter, at + delimiter.length);
  }
  if (start !== undefined && pieces.length < limit) pieces.push(body.subarray(start));
  return pieces;
}

// The delimiter counts only as a line of its own; a longer boundary may begin with a shorter one.
function boundaryLine(
  body: Buffer,
  at: number,
  length: number,
): { closing: boolean; next: number } | undefined {
  if (at > 0 && body[at - 1] !== lineFeed) return undefined;
  const feed = body.indexOf(lineFeed, at);
  const end = feed === -1 ? body.length : feed;
  const rest = body
    .subarray(at + length, end)
    .toString('latin1')
    .trimEnd();
  if (rest !== '' && rest !== '--') return undefined;
  return { closing: rest === '--', next: feed === -1 ? body.length : feed + 1 };
}

// The line break before a boundary belongs to the boundary.
function trimBreak(body: Buffer, at: number): number {
  if (at === 0 || body[at - 1] !== lineFeed) return at;
  return body[at - 2] === carriageReturn ? at - 2 : at - 1;
}
