import { loadEmlDirectory } from '../google/mailbox-loader';

export interface Mail {
  raw: Buffer;
  internalDate: number;
}

const minute = 60_000;
const batchSize = 50;

/** The folder's mails; repeated with another Message-ID and an earlier date until there are `count`. */
export function mailsOf(directory: string, count?: number): Mail[] {
  const originals = loadEmlDirectory(directory);
  if (originals.length === 0) throw new Error(`There is no .eml file in ${directory}`);
  return Array.from({ length: count ?? originals.length }, (_, index) => {
    const original = originals[index % originals.length] as Mail;
    const round = Math.floor(index / originals.length);
    if (round === 0) return { raw: original.raw, internalDate: original.internalDate };
    return {
      raw: another(original.raw, round),
      internalDate: original.internalDate - round * originals.length * minute,
    };
  });
}

/** Fills a new mailbox of the emulator. */
export async function fillMailbox(google: string, email: string, mails: Mail[]): Promise<void> {
  await post(`${google}/__control/mailboxes`, { email, name: 'Ada Sample' });
  for (let start = 0; start < mails.length; start += batchSize) {
    const batch = mails.slice(start, start + batchSize);
    await post(
      `${google}/__control/mailboxes/${encodeURIComponent(email)}/messages`,
      batch.map(({ raw, internalDate }) => ({ raw: raw.toString('base64'), internalDate })),
    );
  }
}

function another(raw: Buffer, round: number): Buffer {
  const text = raw.toString('latin1').replace(/^Message-ID:\s*</im, (found) => `${found}${round}.`);
  return Buffer.from(`X-Sandbox-Copy: ${round}\r\n${text}`, 'latin1');
}

async function post(url: string, body: unknown): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
}
