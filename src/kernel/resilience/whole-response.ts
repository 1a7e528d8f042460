/** A response that is all here: read as text or JSON it needs none of the built-in one's streams, and as a stream it is not there. */
export function wholeResponse(bytes: Buffer, init: ResponseInit, url: string): Response {
  let bodyUsed = false;
  const reading = <T>(read: () => T | Promise<T>) => ({
    value: async (): Promise<T> => {
      bodyUsed = true;
      return read();
    },
  });
  const text = (): string => new TextDecoder().decode(bytes);
  const built = (): Response => new Response(bytes.length > 0 ? bytes : null, init);
  return Object.defineProperties(new Response(null, init), {
    url: { value: url },
    bodyUsed: { get: () => bodyUsed },
    text: reading(text),
    json: reading(() => JSON.parse(text()) as unknown),
    arrayBuffer: reading(() => built().arrayBuffer()),
    blob: reading(() => built().blob()),
    clone: { value: () => wholeResponse(bytes, init, url) },
  });
}
