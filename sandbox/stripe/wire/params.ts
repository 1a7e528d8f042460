import { type FormFields, type FormValue } from './form';
import { invalid, missing, unknownParameter } from './errors';

const metadataLimits = { keys: 50, keyLength: 40, valueLength: 500 };

/** Reads parameters with the vendor's complaints: each fault is a 400 that names the parameter. */
export class Params {
  constructor(
    private readonly fields: FormFields,
    private readonly prefix = '',
  ) {}

  /** Refuses every top-level parameter that is not in the list. */
  accept(names: readonly string[]): void {
    const unknown = Object.keys(this.fields).find((name) => !names.includes(name));
    if (unknown !== undefined) throw unknownParameter(this.path(unknown));
  }

  has(name: string): boolean {
    return this.fields[name] !== undefined && this.fields[name] !== '';
  }

  text(name: string): string | undefined {
    const value = this.fields[name];
    if (value === undefined || value === '') return undefined;
    if (typeof value !== 'string') throw invalid(`Invalid string: ${this.path(name)}`, this.path(name));
    return value;
  }

  need(name: string): string {
    const value = this.text(name);
    if (value === undefined) throw missing(this.path(name));
    return value;
  }

  /** One of the words, or undefined. */
  word<T extends string>(name: string, words: readonly T[]): T | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const found = words.find((word) => word === value);
    if (found === undefined) {
      throw invalid(`Invalid ${this.path(name)}: must be one of ${words.join(', ')}`, this.path(name));
    }
    return found;
  }

  whole(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (!/^-?\d+$/.test(value)) {
      throw invalid(`Invalid integer: ${value}`, this.path(name), 'parameter_invalid_integer');
    }
    return Number(value);
  }

  flag(name: string): boolean | undefined {
    const value = this.word(name, ['true', 'false']);
    return value === undefined ? undefined : value === 'true';
  }

  child(name: string): Params | undefined {
    const value = this.fields[name];
    if (value === undefined || value === '') return undefined;
    if (typeof value === 'string' || Array.isArray(value)) {
      throw invalid(`Invalid object: ${this.path(name)}`, this.path(name));
    }
    return new Params(value, this.path(name));
  }

  children(name: string): Params[] {
    return this.items(name).map((value, index) => {
      const path = `${this.path(name)}[${index}]`;
      if (typeof value === 'string' || Array.isArray(value)) throw invalid(`Invalid object: ${path}`, path);
      return new Params(value, path);
    });
  }

  texts(name: string): string[] {
    return this.items(name).filter((value) => typeof value === 'string');
  }

  /** `current` with the given keys set and the emptied ones gone, as updates treat metadata. */
  metadata(current: Record<string, string> = {}): Record<string, string> {
    if (this.fields.metadata === '') return {};
    const given = this.child('metadata');
    const merged = { ...current };
    for (const [key, value] of Object.entries(given?.fields ?? {})) {
      const path = `${this.path('metadata')}[${key}]`;
      if (typeof value !== 'string') throw invalid('Metadata values must be strings', path);
      if (key.length > metadataLimits.keyLength) throw invalid('Metadata keys: 40 characters at most', path);
      if (value.length > metadataLimits.valueLength)
        throw invalid('Metadata values: 500 characters at most', path);
      if (value === '') Reflect.deleteProperty(merged, key);
      else merged[key] = value;
    }
    if (Object.keys(merged).length > metadataLimits.keys)
      throw invalid('Metadata: 50 keys at most', 'metadata');
    return merged;
  }

  private items(name: string): FormValue[] {
    const value = this.fields[name];
    if (value === undefined || value === '') return [];
    if (!Array.isArray(value)) throw invalid(`Invalid array: ${this.path(name)}`, this.path(name));
    return value;
  }

  /** The parameter's full name, as complaints give it. */
  path(name: string): string {
    return this.prefix === '' ? name : `${this.prefix}[${name}]`;
  }
}
