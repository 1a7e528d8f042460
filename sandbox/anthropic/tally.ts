import type { Usage } from '@anthropic-ai/sdk/resources/messages';
import { mailKey } from './reading/find-mail';
import type { FoundMail } from './reading/found-mail';

interface MailCount {
  subject?: string;
  /** Times that the mail was sent to the model. */
  calls: number;
  /** Times that a whole message came back, whatever its stop reason: what the vendor bills. */
  answered: number;
}

/** Counts what a test must know to say "the vendor was paid once for each mail". */
export class Tally {
  private calls = 0;
  private answered = 0;
  private readonly mails = new Map<string, MailCount>();
  private readonly tokens = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };

  clear(): void {
    this.calls = 0;
    this.answered = 0;
    this.mails.clear();
    Object.assign(this.tokens, { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 });
  }

  /** Notes a call and answers the function that notes its success. */
  called(mail: FoundMail): (usage: Usage) => void {
    const count = this.mails.get(mailKey(mail)) ?? { subject: mail.subject, calls: 0, answered: 0 };
    this.mails.set(mailKey(mail), count);
    this.calls += 1;
    count.calls += 1;
    return (usage) => {
      this.answered += 1;
      count.answered += 1;
      this.tokens.input += usage.input_tokens;
      this.tokens.output += usage.output_tokens;
      this.tokens.cacheRead += usage.cache_read_input_tokens ?? 0;
      this.tokens.cacheWrite += usage.cache_creation_input_tokens ?? 0;
    };
  }

  snapshot(): object {
    const { calls, answered, tokens } = this;
    return { calls, answered, tokens, distinctMails: this.mails.size, mails: Object.fromEntries(this.mails) };
  }
}
