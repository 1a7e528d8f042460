import { ApiError } from '../api-error';

/** What a `fields` parameter lets through; undefined below a name means all of it. */
export type FieldMask = Map<string, FieldMask | undefined>;

const known = new Map<string, FieldMask>();

/** Reads a `fields` parameter: `a,b(c,d),e/f` and `*`. Throws 400 for what is not well-formed. */
export function parseFields(text: string): FieldMask {
  const cached = known.get(text);
  if (cached) return cached;
  const reader = new FieldReader(text.match(/[^,()/\s]+|[,()/]/g) ?? [], text);
  const mask = reader.list();
  reader.finish();
  if (known.size > 100) known.clear();
  known.set(text, mask);
  return mask;
}

/** The part of `value` that the mask names; lists are masked item by item. */
export function applyFields(value: unknown, mask: FieldMask | undefined): unknown {
  if (!mask || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => applyFields(item, mask));
  const wildcard = mask.has('*');
  const kept: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) {
    if (mask.has(name)) kept[name] = applyFields(inner, mask.get(name));
    else if (wildcard) kept[name] = applyFields(inner, mask.get('*'));
  }
  return kept;
}

// "a/b,a/c" means both; "a,a/b" means all of a.
function merge(mask: FieldMask, name: string, inner: FieldMask | undefined): void {
  const before = mask.get(name);
  if (!mask.has(name)) mask.set(name, inner);
  else if (!before || !inner) mask.set(name, undefined);
  else for (const [deeper, rest] of inner) merge(before, deeper, rest);
}

class FieldReader {
  private at = 0;

  constructor(
    private readonly tokens: readonly string[],
    private readonly source: string,
  ) {}

  list(): FieldMask {
    const mask: FieldMask = new Map();
    do this.path(mask);
    while (this.take(','));
    return mask;
  }

  finish(): void {
    if (this.at < this.tokens.length) throw this.malformed();
  }

  private path(mask: FieldMask): void {
    const name = this.tokens[this.at++];
    if (name === undefined || /^[,()/]$/.test(name)) throw this.malformed();
    merge(mask, name, this.inner());
  }

  private inner(): FieldMask | undefined {
    if (this.take('/')) {
      const single: FieldMask = new Map();
      this.path(single);
      return single;
    }
    if (!this.take('(')) return undefined;
    const several = this.list();
    if (!this.take(')')) throw this.malformed();
    return several;
  }

  private take(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at += 1;
    return true;
  }

  private malformed(): ApiError {
    const place = { location: 'fields', locationType: 'parameter' };
    const message = `Invalid field selection ${this.source}`;
    return new ApiError(400, 'INVALID_ARGUMENT', 'invalidParameter', message, place);
  }
}
