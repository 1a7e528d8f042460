import { ApiError, invalidArgument } from '../api-error';

/** A label as `labels.list` shows it. */
export interface Label {
  id: string;
  name: string;
  type: 'system' | 'user';
  messageListVisibility?: string;
  labelListVisibility?: string;
  color?: { textColor?: string; backgroundColor?: string };
}

const plainSystem = ['INBOX', 'SENT', 'DRAFT', 'IMPORTANT', 'STARRED', 'UNREAD', 'CHAT', 'SPAM', 'TRASH'];
const categories = ['PERSONAL', 'SOCIAL', 'PROMOTIONS', 'UPDATES', 'FORUMS'];
const fixedLabels = new Set(['SENT', 'DRAFT', 'CHAT']);
const visibilities = {
  messageListVisibility: ['show', 'hide'],
  labelListVisibility: ['labelShow', 'labelShowIfUnread', 'labelHide'],
};

/** The labels of one mailbox: Gmail's own and the user's. */
export class LabelCatalog {
  private readonly labels = new Map<string, Label>();
  private created = 0;

  constructor() {
    for (const id of plainSystem) this.labels.set(id, { id, name: id, type: 'system' });
    for (const category of categories) {
      const id = `CATEGORY_${category}`;
      const hidden = { messageListVisibility: 'hide', labelListVisibility: 'labelHide' };
      this.labels.set(id, { id, name: id, ...hidden, type: 'system' });
    }
  }

  list(): Label[] {
    return [...this.labels.values()];
  }

  find(id: string): Label | undefined {
    return this.labels.get(id);
  }

  /** The label that a search names: by name, with blanks and slashes written as hyphens or not, or by id. */
  search(name: string): Label | undefined {
    const wanted = searchForm(name);
    return this.list().find(
      (label) => searchForm(label.name) === wanted || label.id.toLowerCase() === wanted,
    );
  }

  /** Adds a label of the user. Throws 400 without a name and 409 when the name is taken. */
  create(wanted: Partial<Label>): Label {
    const name = wanted.name?.trim();
    if (!name) throw invalidArgument('Invalid label name');
    const taken = this.list().some((label) => label.name.toLowerCase() === name.toLowerCase());
    if (taken) throw new ApiError(409, 'ABORTED', 'aborted', 'Label name exists or conflicts');
    for (const [field, allowed] of Object.entries(visibilities)) {
      const value = wanted[field as keyof typeof visibilities];
      if (value !== undefined && !allowed.includes(value))
        throw invalidArgument(`Invalid ${field}: ${value}`);
    }
    const label: Label = {
      id: `Label_${++this.created}`,
      name,
      messageListVisibility: wanted.messageListVisibility ?? 'show',
      labelListVisibility: wanted.labelListVisibility ?? 'labelShow',
      type: 'user',
      ...(wanted.color && { color: wanted.color }),
    };
    this.labels.set(label.id, label);
    return label;
  }

  /** Throws 400 when a label does not exist. */
  requireKnown(ids: readonly string[]): void {
    const wrong = ids.find((id) => !this.labels.has(id));
    if (wrong !== undefined) throw invalidArgument(`Invalid label: ${wrong}`);
  }

  /** Throws 400 when a label does not exist or, as SENT and DRAFT, cannot be put on or taken off. */
  requireChangeable(ids: readonly string[]): void {
    const wrong = ids.find((id) => !this.labels.has(id) || fixedLabels.has(id));
    if (wrong !== undefined) throw invalidArgument(`Invalid label: ${wrong}`);
  }
}

function searchForm(name: string): string {
  return name.toLowerCase().replaceAll(/[\s/]/g, '-');
}
