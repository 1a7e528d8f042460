import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { cleanRawMail } from '../src/email/cleaning';

/** Cleans mails from the command line: one path per line in, one JSON line `{file, text, subject}` out, in order. */
createInterface({ input: process.stdin }).on('line', (file) => {
  if (file.trim() === '') return;
  process.stdout.write(`${JSON.stringify(answer(file))}\n`);
});

function answer(file: string): Record<string, string> {
  try {
    const { text, subject, kind } = cleanRawMail(readFileSync(file));
    return { file, text, subject, kind };
  } catch (error) {
    return { file, error: String(error) };
  }
}
