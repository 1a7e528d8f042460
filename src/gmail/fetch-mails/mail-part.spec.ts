import { toMailPart } from './mail-part';

describe('a part of a Gmail message', () => {
  it('has absent what Gmail left out or sent as null, at every depth', () => {
    const empty = { partId: null, mimeType: null, filename: null };
    const part = toMailPart({
      ...empty,
      headers: [
        { name: 'Subject', value: 'x' },
        { name: null, value: null },
      ],
      parts: [{ ...empty, body: { size: null, data: null, attachmentId: null } }],
    });
    expect(part).toEqual({
      headers: [
        { name: 'Subject', value: 'x' },
        { name: '', value: '' },
      ],
      parts: [{ body: {} }],
    });
    expect(part.parts?.[0]?.body?.data).toBeUndefined();
  });

  it('keeps what Gmail sent, empty bodies included', () => {
    const body = { size: 0, data: '', attachmentId: 'a' };
    const part = { partId: '0', mimeType: 'text/plain', filename: '', body };
    expect(toMailPart(part)).toEqual(part);
  });
});
