/** What a form-encoded body means once its brackets are read: text, nested fields, or a list of either. */
export type FormValue = string | FormFields | FormValue[];
export interface FormFields {
  [name: string]: FormValue;
}

/**
 * Reads `a[b][0][c]=d` and `expand[]=e` as nested fields and lists, for bodies and query strings alike.
 * Names that could reach an object's prototype are dropped.
 */
export function parseForm(encoded: string): FormFields {
  const root: FormFields = Object.create(null) as FormFields;
  for (const [key, value] of new URLSearchParams(encoded)) {
    const path = [
      /^[^[]*/.exec(key)?.[0] ?? '',
      ...[...key.matchAll(/\[([^\]]*)\]/g)].map((part) => part[1] ?? ''),
    ];
    if (!path.includes('__proto__')) put(root, path, value);
  }
  return toLists(root) as FormFields;
}

function put(fields: FormFields, path: string[], value: string): void {
  const [name = '', ...rest] = path;
  const key = name === '' ? String(Object.keys(fields).length) : name;
  if (rest.length === 0) {
    fields[key] = value;
    return;
  }
  const existing = fields[key];
  const child =
    typeof existing === 'object' && !Array.isArray(existing) ? existing : (Object.create(null) as FormFields);
  fields[key] = child;
  put(child, rest, value);
}

/** Fields named 0, 1, 2 … are a list. */
function toLists(value: FormValue): FormValue {
  if (typeof value === 'string' || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([name, child]) => [name, toLists(child)] as const);
  const isList = entries.length > 0 && entries.every(([name]) => /^\d+$/.test(name));
  if (isList) return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, child]) => child);
  return Object.fromEntries(entries);
}
