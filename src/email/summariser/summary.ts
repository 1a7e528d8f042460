/** What a mail is about, in one word. */
export const categories = [
  'personal',
  'work',
  'newsletter',
  'promotion',
  'receipt',
  'finance',
  'travel',
  'shipping',
  'calendar',
  'security',
  'support',
  'social',
  'notification',
  'spam',
  'other',
] as const;
export type Category = (typeof categories)[number];

/** How soon the reader should act. */
export const urgencies = ['low', 'normal', 'high', 'critical'] as const;
export type Urgency = (typeof urgencies)[number];

/** Something the reader is asked to do. */
export interface ActionItem {
  task: string;
  /** ISO 8601 date, when the mail gives one. */
  dueDate: string | null;
}

/** Someone the mail is about or from. */
export interface Person {
  name: string;
  role: string | null;
}

/** The product: what a reader gets instead of the mail. Plain text throughout. */
export interface Summary {
  headline: string;
  summary: string;
  keyPoints: string[];
  actionItems: ActionItem[];
  category: Category;
  urgency: Urgency;
  people: Person[];
  /** BCP 47 tag of the summary's language. */
  language: string;
  /** 0 to 1: how well the text let itself be summarised. */
  confidence: number;
}

const text = (description: string): object => ({ type: 'string', description });
const strict = (properties: Record<string, object>): Record<string, unknown> => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

/** The answer's shape as Anthropic's structured output takes it: no bounds, those are checked on arrival. */
export const summarySchema = strict({
  headline: text('One line of at most 12 words that tells the reader what this mail is.'),
  summary: text('Two to five plain sentences: what is said, asked or decided.'),
  key_points: { type: 'array', items: text('One fact worth knowing.'), description: 'At most 6.' },
  action_items: {
    type: 'array',
    description: 'What the reader is asked to do; empty when nothing is asked.',
    items: strict({
      task: text('What to do, as an imperative.'),
      due_date: {
        anyOf: [{ type: 'string' }, { type: 'null' }],
        description: 'YYYY-MM-DD when the mail names a day, else null.',
      },
    }),
  },
  category: { type: 'string', enum: [...categories] },
  urgency: { type: 'string', enum: [...urgencies] },
  people: {
    type: 'array',
    description: 'People who matter in this mail, the sender first.',
    items: strict({
      name: text('As the mail writes it.'),
      role: { anyOf: [{ type: 'string' }, { type: 'null' }], description: 'Their part in it, else null.' },
    }),
  },
  language: text('BCP 47 tag of the language this summary is written in.'),
  confidence: { type: 'number', description: 'From 0 to 1.' },
});
