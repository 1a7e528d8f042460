import { wholeResponse } from './whole-response';

describe('a response that is all here', () => {
  // Mutant: an answer that says it was not read; gaxios then keeps back Google's reasons.
  it.each<[string, (response: Response) => Promise<unknown>, unknown]>([
    ['text', (response) => response.text(), '{"n":1}'],
    ['JSON', (response) => response.json(), { n: 1 }],
    ['bytes', async (response) => Buffer.from(await response.arrayBuffer()).toString(), '{"n":1}'],
    ['a blob', async (response) => (await response.blob()).text(), '{"n":1}'],
  ])('is read as %s, and says then that it was', async (_what, read, expected) => {
    const response = wholeResponse(Buffer.from('{"n":1}'), { status: 201 }, 'http://upstream.test/');
    const twin = response.clone();
    expect(response.bodyUsed).toBe(false);
    expect(await read(response)).toEqual(expected);
    expect([response.bodyUsed, twin.bodyUsed]).toEqual([true, false]);
    expect([await twin.text(), twin.status, twin.url]).toEqual(['{"n":1}', 201, 'http://upstream.test/']);
  });
});
