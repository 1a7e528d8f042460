import { detachedTexts } from './detached-texts';

describe('text that Gmail keeps apart', () => {
  it('is found at any depth; files, small texts and absurdly large ones are left', () => {
    const payload = {
      mimeType: 'multipart/mixed',
      parts: [
        {
          mimeType: 'multipart/alternative',
          parts: [
            { partId: '0.0', mimeType: 'text/plain', filename: '', body: { size: 4, data: 'aGVq' } },
            {
              partId: '0.1',
              mimeType: 'text/html',
              filename: '',
              body: { size: 900_000, attachmentId: 'a1' },
            },
          ],
        },
        { partId: '1', mimeType: 'text/plain', filename: 'log.txt', body: { size: 9, attachmentId: 'a2' } },
        { partId: '2', mimeType: 'text/plain', filename: '', body: { size: 50_000_000, attachmentId: 'a3' } },
        {
          partId: '3',
          mimeType: 'application/pdf',
          filename: 'x.pdf',
          body: { size: 9, attachmentId: 'a4' },
        },
      ],
    };
    expect(detachedTexts(payload).map(({ partId }) => partId)).toEqual(['0.1']);
  });
});
