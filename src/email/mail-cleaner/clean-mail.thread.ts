import { parentPort } from 'node:worker_threads';
import { cleanGmailMail, type GmailPayload } from '../cleaning';

/** The program of the thread that `MailCleaner` hands large mails to: a payload in, what it says out. */
parentPort?.on('message', (payload: GmailPayload) => parentPort?.postMessage(cleanGmailMail(payload)));
