import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { cleanRawMail } from '../../../src/email/cleaning';
import { estimateTokens } from '../../../src/email/cleaning/token-budget';

/** Real mails with ground truth, kept outside of the repository because of their licences. */
const CORPUS = resolve(__dirname, '../../../../shared/corpus/mail');
const isPresent = existsSync(join(CORPUS, 'manifest.csv'));
if (!isPresent) process.stderr.write(`corpus.spec: skipped, there is no mail corpus at ${CORPUS}\n`);

interface Row {
  file: string;
  category: string;
  gt_kind: string;
  expected_reply_file: string;
  expected_alt_files: string;
  assert_file: string;
}
interface Assertions {
  contains?: string[];
  not_contains?: string[];
  subject?: string;
}

const read = (path: string): string => readFileSync(join(CORPUS, path), 'utf8');

function readManifest(): Row[] {
  const [head = '', ...lines] = read('manifest.csv').trim().split('\n');
  const names = head.split(',');
  return lines.map((line) => {
    const cells = Array.from(
      line.matchAll(/(?:"((?:[^"]|"")*)"|([^,]*))(?:,|$)/g),
      (match) => match[1] ?? match[2] ?? '',
    );
    return Object.fromEntries(names.map((name, at) => [name, cells[at] ?? ''])) as unknown as Row;
  });
}

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\u200b\u00ad\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
const words = (text: string): string =>
  (
    plain(text)
      .replace(/\]\([^)\s]*\)/g, ' ')
      .replace(/[[<(]\s*(?:https?:\/\/|mailto:|tel:|www\.)[^\]>)\s]*\s*[\]>)]/gi, ' ')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  ).join(' ');

function isRight(row: Row, text: string): boolean {
  const expected = [row.expected_reply_file, ...row.expected_alt_files.split(';')].filter(Boolean).map(read);
  const isExpected = expected.some(
    (one) => plain(one) === plain(text) || (words(one) !== '' && words(one) === words(text)),
  );
  if (row.assert_file === '') return isExpected;
  const { contains = [], not_contains: excluded = [] } = JSON.parse(read(row.assert_file)) as Assertions;
  const flat = (one: string): string => plain(one).toLowerCase().replace(/\s/g, '');
  const holds =
    contains.every((one) => flat(text).includes(flat(one))) &&
    !excluded.some((one) => flat(text).includes(flat(one)));
  return holds && (expected.length === 0 || isExpected);
}

(isPresent ? describe : describe.skip)('the mail corpus', () => {
  const rows = isPresent ? readManifest() : [];
  const cleaned = rows.map((row) => ({ row, mail: cleanRawMail(readFileSync(join(CORPUS, row.file))) }));
  const right = (kinds: string[]): [number, number] => {
    const judged = cleaned.filter(
      ({ row }) => kinds.includes(row.gt_kind) && (row.expected_reply_file || row.assert_file),
    );
    return [judged.filter(({ row, mail }) => isRight(row, mail.text)).length, judged.length];
  };

  it('is cleaned to the reply in 95 of 100 mails, and never loses one that has no history', () => {
    const [hits, all] = right(['reply', 'reply_html', 'keep_all', 'signature']);
    expect(all).toBeGreaterThan(80);
    expect(hits / all).toBeGreaterThanOrEqual(0.95);
    const [kept, keepAll] = right(['keep_all']);
    expect(kept).toBe(keepAll);
  });

  it('is decoded, body and subject, in every charset', () => {
    const [hits, all] = right(['decode']);
    expect(hits).toBe(all);
    for (const { row, mail } of cleaned.filter((one) => one.row.gt_kind === 'decode'))
      expect(plain(mail.subject)).toBe(
        plain((JSON.parse(read(row.assert_file)) as Assertions).subject ?? ''),
      );
  });

  it('leaves no markup, style, invisible character, base64 or hidden text', () => {
    for (const { mail } of cleaned) {
      expect(mail.text).not.toMatch(/\{[^{}]{0,200}(?:font-family|padding|margin)\s*:[^{}]*\}/);
      expect(mail.text).not.toMatch(/[\u200b\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069]/);
      expect(mail.text).not.toMatch(/[A-Za-z0-9+/]{300,}/);
      expect(mail.text).not.toMatch(/https?:\/\/\S{150,}/);
      expect(mail.text).not.toMatch(/secret hidden attribute|invisible opacity|comment instructions/i);
    }
  });

  it('shrinks newsletters to a twentieth of their tokens', () => {
    const html = new Map(
      read('refs.jsonl')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { file: string; html: string })
        .map(({ file, html: source }) => [file, source]),
    );
    const newsletters = cleaned.filter(({ row }) => row.category === 'newsletter_html');
    const out = newsletters.reduce((sum, { mail }) => sum + estimateTokens(mail.text), 0);
    const raw = newsletters.reduce((sum, { row }) => sum + estimateTokens(html.get(row.file) ?? ''), 0);
    // Estimated tokens count long attribute strings lower than a tokenizer does.
    expect(out / raw).toBeLessThanOrEqual(0.06);
  });
});
