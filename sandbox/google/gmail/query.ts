import { type Predicate, type SearchContext, term } from './query-terms';

/** A compiled search: which messages match, and whether it looks into spam and trash. */
export interface CompiledQuery {
  matches: Predicate;
  includesSpam: boolean;
  includesTrash: boolean;
}

// A term may carry a quoted value (from:"Ann Lee"); brackets and braces stand alone; "-" binds to what follows.
const token = /\s*(-?[({]|[)}]|-?(?:[\w-]+:)?"[^"]*"|[^\s(){}"]+(?:"[^"]*")?)/gy;

/**
 * Compiles Gmail's search language: terms side by side must all match, `OR` and `{…}` give a choice, `(…)` groups
 * and `-` negates. What is no known operator is searched for as text.
 */
export function compileQuery(text: string, context: SearchContext): CompiledQuery {
  const tokens = [...text.matchAll(token)].map(([, found = '']) => found);
  const anywhere = /\bin:anywhere\b/i.test(text);
  return {
    matches: new QueryParser(tokens, context).all(),
    includesSpam: anywhere || /\b(?:in|label|is):spam\b/i.test(text),
    includesTrash: anywhere || /\b(?:in|label|is):trash\b/i.test(text),
  };
}

class QueryParser {
  private at = 0;

  constructor(
    private readonly tokens: readonly string[],
    private readonly context: SearchContext,
  ) {}

  all(closing?: string): Predicate {
    const required: Predicate[] = [];
    while (!this.ended(closing)) required.push(this.choice());
    this.at += 1;
    return (message) => required.every((matches) => matches(message));
  }

  private choice(): Predicate {
    const options = [this.single()];
    while (this.tokens[this.at]?.toUpperCase() === 'OR') {
      this.at += 1;
      options.push(this.single());
    }
    return options.length === 1 && options[0] ? options[0] : any(options);
  }

  private single(next = this.tokens[this.at++] ?? ''): Predicate {
    if (next.startsWith('-') && next.length > 1) {
      const negated = this.single(next.slice(1));
      return (message) => !negated(message);
    }
    if (next === '(') return this.all(')');
    if (next === '{') return this.either();
    return term(next, this.context);
  }

  private either(): Predicate {
    const options: Predicate[] = [];
    while (!this.ended('}')) options.push(this.single());
    this.at += 1;
    return any(options);
  }

  private ended(closing: string | undefined): boolean {
    return this.at >= this.tokens.length || this.tokens[this.at] === closing;
  }
}

function any(options: readonly Predicate[]): Predicate {
  return (message) => options.some((matches) => matches(message));
}
