/** The mail that a prompt carries, with the headers that could be read beside it. */
export interface FoundMail {
  text: string;
  subject?: string;
  from?: string;
  to?: string;
  date?: string;
  /** The language that the prompt wants the answer in. */
  language?: string;
}
