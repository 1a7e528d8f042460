import { gmailScopes } from '../oauth/scopes';
import { sandboxClient } from '../settings';
import { GmailFixture, gmailFixture, mail } from './gmail-fixture';

interface Part {
  contentId: string;
  status: number;
  body: unknown;
}

describe('Gmail batch', () => {
  const fixture = gmailFixture();
  const mint = (...scopes: string[]) =>
    `Bearer ${fixture.google.tokens.mint(sandboxClient.clientId, GmailFixture.email, scopes).access.token}`;

  const post = (parts: readonly string[], authorization?: string, path = '/batch/gmail/v1') => {
    const lines = parts.flatMap((part, index) => [
      '--cut',
      'Content-Type: application/http',
      `Content-ID: <item-${index}>`,
      '',
      part,
      '',
    ]);
    return fetch(fixture.emulator.url + path, {
      method: 'POST',
      headers: { 'content-type': 'multipart/mixed; boundary=cut', ...(authorization && { authorization }) },
      body: [...lines, '--cut--', ''].join('\r\n'),
    });
  };

  const read = async (response: Response): Promise<Part[]> => {
    const boundary = /boundary=(\S+)/.exec(response.headers.get('content-type') ?? '')?.[1] ?? '';
    return (await response.text())
      .split(`--${boundary}`)
      .slice(1, -1)
      .map((part) => {
        const [outer = '', inner = '', ...body] = part.trim().split('\r\n\r\n');
        const text = body.join('\r\n\r\n');
        return {
          contentId: /Content-ID: <(.+)>/.exec(outer)?.[1] ?? '',
          status: Number(inner.split(' ')[1]),
          body: text === '' ? undefined : (JSON.parse(text) as unknown),
        };
      });
  };

  const path = '/gmail/v1/users/me/messages';

  // Catches the client that matches answers by position.
  it('answers each part under its own id, in any order', async () => {
    const ids = fixture.mailbox
      .add(Array.from({ length: 30 }, () => ({ raw: mail('a') })))
      .map(({ id }) => id);
    const answer = await post(
      ids.map((id) => `GET ${path}/${id}?format=minimal&fields=id`),
      mint(gmailScopes.readonly),
    );
    const parts = await read(answer);
    expect(parts).toHaveLength(30);
    for (const { contentId, status, body } of parts) {
      expect([status, body]).toEqual([200, { id: ids[Number(contentId.replace('response-item-', ''))] }]);
    }
    expect(parts.map(({ contentId }) => contentId)).not.toEqual(
      ids.map((_id, index) => `response-item-${index}`),
    );
  });

  it('gives each part its own status and its own credentials', async () => {
    const [message] = fixture.mailbox.add([{ raw: mail('a') }]);
    const id = message!.id;
    const json = 'Content-Type: application/json';
    const change = JSON.stringify({ addLabelIds: ['STARRED'] });
    const parts = [
      `GET ${path}/${id}?format=minimal HTTP/1.1`,
      `GET ${path}/ffffffffffffffff HTTP/1.1`,
      `POST ${path}/${id}/modify HTTP/1.1\r\n${json}\r\n\r\n${change}`,
      `POST ${path}/${id}/modify HTTP/1.1\r\n${json}\r\nAuthorization: ${mint(gmailScopes.modify)}\r\n\r\n${change}`,
      `GET https://gmail.googleapis.com/gmail/v1/users/me/profile\r\nAuthorization: Bearer ya29.dead`,
    ];
    const answers = await read(await post(parts, mint(gmailScopes.readonly), '/batch'));
    const statuses = Object.fromEntries(
      answers.map(({ contentId, status }) => [contentId.slice(-1), status]),
    );
    expect(statuses).toEqual({ 0: 200, 1: 404, 2: 403, 3: 200, 4: 401 });
    expect([...message!.labelIds]).toContain('STARRED');
  });

  it('charges n calls for n parts', async () => {
    const parts = Array.from({ length: 10 }, () => 'GET /gmail/v1/users/me/profile');
    fixture.google.quota.settings = { ...fixture.google.quota.settings, perUserPerMinute: 4 };
    const answers = await read(await post(parts, mint(gmailScopes.readonly)));
    expect(answers.map(({ status }) => status).sort()).toEqual([
      200, 200, 200, 200, 429, 429, 429, 429, 429, 429,
    ]);
  });

  it('refuses more than 100 parts, and what is no batch', async () => {
    const many = Array.from({ length: 101 }, () => 'GET /gmail/v1/users/me/profile');
    expect((await post(many, mint(gmailScopes.readonly))).status).toBe(400);
    expect((await post(many.slice(1), mint(gmailScopes.readonly))).status).toBe(200);
    expect((await post([], mint(gmailScopes.readonly))).status).toBe(400);
    expect((await post(['nonsense'], mint(gmailScopes.readonly))).status).toBe(400);
  });

  it('plays scripted faults on single parts', async () => {
    const parts = ['GET /gmail/v1/users/me/profile', 'GET /gmail/v1/users/me/labels'];
    fixture.emulator.faults.add({
      action: 'respond',
      path: '/labels$',
      status: 503,
      body: { error: 'scripted' },
    });
    const answers = await read(await post(parts, mint(gmailScopes.readonly)));
    expect(new Map(answers.map(({ contentId, status }) => [contentId, status]))).toEqual(
      new Map([
        ['response-item-0', 200],
        ['response-item-1', 503],
      ]),
    );
    fixture.emulator.faults.add({ action: 'drop', path: '/profile$' });
    await expect(post(parts, mint(gmailScopes.readonly))).rejects.toThrow();
    fixture.emulator.faults.clear();
  });
});
