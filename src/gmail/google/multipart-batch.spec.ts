import { readBatch, writeBatch } from './multipart-batch';

describe('a batch of calls', () => {
  it('is written as one GET per part, each under its content id', () => {
    const { contentType, body } = writeBatch([
      { id: '1', target: '/gmail/v1/users/me/messages/1?format=minimal' },
      { id: '2', target: '/gmail/v1/users/me/messages/2' },
    ]);
    const boundary = contentType.split('boundary=')[1]!;
    expect(body.split(`--${boundary}`)).toHaveLength(4);
    expect(body).toContain('Content-ID: <m-2>\r\n\r\nGET /gmail/v1/users/me/messages/2\r\n');
    expect(body.endsWith(`--${boundary}--\r\n`)).toBe(true);
  });

  // Mutant caught: matching by position gives one mail the labels of another.
  it('is read by content id, in whatever order and however incomplete it comes back', () => {
    const part = (id: string, status: string, body: string): string =>
      `--b_1\r\nContent-Type: application/http\r\nContent-ID: <response-${id}>\r\n\r\nHTTP/1.1 ${status}\r\nContent-Type: application/json\r\nRetry-After: 3\r\n\r\n${body}\r\n`;
    const text = `${part('m-3', '429 Too Many Requests', '{"error":{}}')}${part('m-1', '200 OK', '{\n\n"id":"1"}')}--b_1--\r\n`;
    const answers = readBatch('multipart/mixed; boundary="b_1"', text);
    expect([...answers.keys()]).toEqual(['3', '1']);
    expect(answers.get('1')).toMatchObject({ status: 200, body: { id: '1' } });
    expect(answers.get('3')).toMatchObject({ status: 429, headers: { 'retry-after': '3' } });
  });

  it('holds nothing when the answer is no batch', () => {
    expect(readBatch('application/json', '{}').size).toBe(0);
    expect(readBatch('multipart/mixed; boundary=x', '--x\r\n\r\nnonsense\r\n--x--').size).toBe(0);
    const broken = '--x\r\nContent-ID: <response-m-a>\r\n\r\nHTTP/1.1 502 Bad Gateway\r\n\r\n<html>\r\n--x--';
    expect(readBatch('multipart/mixed; boundary=x', broken).get('a')).toMatchObject({
      status: 502,
      body: '<html>',
    });
  });
});
