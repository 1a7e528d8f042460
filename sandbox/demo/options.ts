import { parseArgs } from 'node:util';

export interface DemoOptions {
  /** Folder of .eml files that is the mailbox. */
  inbox: string;
  /** Mails to have: the inbox's own when absent, else repeated with changes up to this number. */
  emails?: number;
  /** Leave everything running at the end. */
  keep: boolean;
  /** Kill the worker with SIGKILL half-way and start another. */
  killWorker: boolean;
}

export const usage = `npm run demo -- [options]
  --inbox DIR     a folder of .eml files as the mailbox (default: the sample inbox)
  --emails N      a mailbox of N mails, made from the inbox
  --kill-worker   SIGKILL the worker half-way, then start another
  --keep          leave everything running at the end`;

/** @throws Error for an option that is unknown or of the wrong form. */
export function readOptions(args: string[], sampleInbox: string): DemoOptions | 'help' {
  const { values } = parseArgs({
    args,
    options: {
      inbox: { type: 'string', default: sampleInbox },
      emails: { type: 'string' },
      keep: { type: 'boolean', default: false },
      'kill-worker': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const emails = values.emails === undefined ? undefined : Number(values.emails);
  if (emails !== undefined && !(Number.isInteger(emails) && emails > 0))
    throw new Error('--emails takes a whole number above 0');
  return {
    inbox: values.inbox,
    keep: values.keep,
    killWorker: values['kill-worker'],
    ...(emails === undefined ? {} : { emails }),
  };
}
