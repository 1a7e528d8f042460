import type { ActionItem, MailFacts } from '../reading/mail-facts';
import { type JsonSchema, resolveRef } from '../schema-rules';
import { pickEnum } from './pick-enum';
import { numberFor, textFor } from './values';

/**
 * Fills any schema that structured output takes with the facts of a mail, by the names and types of its properties.
 * The answer always satisfies the schema: constants, enums, required properties and null where nothing is known.
 */
export function fillSchema(schema: JsonSchema, facts: MailFacts): unknown {
  return fill(schema, { name: '', facts, root: schema });
}

interface Place {
  name: string;
  facts: MailFacts;
  root: JsonSchema;
  /** Set inside a list of action items. */
  action?: ActionItem;
}

function fill(schema: JsonSchema, place: Place): unknown {
  if (schema.$ref !== undefined) return fill(resolveRef(schema.$ref, place.root), place);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return pickEnum(place.name, schema.enum, place.facts);
  if (schema.allOf) return fill(merge(schema, schema.allOf), place);
  const variants = schema.anyOf ?? splitTypes(schema);
  if (variants) return fillVariant(variants, place);
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([key, part]) => [key, fill(part, inside(place, key))]),
      );
    case 'array':
      return fillList(schema, place);
    case 'number':
    case 'integer':
      return numberFor(place.name, schema.type === 'integer', place.facts);
    case 'boolean':
      return /action|reply|respon|todo|follow/.test(place.name) && place.facts.actions.length > 0;
    case 'null':
      return null;
    default:
      return textFor(place, schema.format) ?? '';
  }
}

/** Names are compared in one spelling: `keyPoints`, `key_points` and `Key Points` are the same. */
const inside = (place: Place, key: string): Place => ({
  ...place,
  name: key
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/[\s-]+/g, '_')
    .toLowerCase(),
});

function merge(schema: JsonSchema, parts: JsonSchema[]): JsonSchema {
  const properties = Object.assign(
    {},
    schema.properties,
    ...parts.map((part) => part.properties),
  ) as JsonSchema['properties'];
  return { ...Object.assign({}, ...parts), ...schema, properties, allOf: undefined } as JsonSchema;
}

function splitTypes(schema: JsonSchema): JsonSchema[] | undefined {
  return Array.isArray(schema.type) ? schema.type.map((type) => ({ ...schema, type })) : undefined;
}

/** Null is for what the mail does not say; otherwise the first real variant is filled. */
function fillVariant(variants: JsonSchema[], place: Place): unknown {
  const real = variants.find((variant) => variant.type !== 'null');
  if (!real) return null;
  const nullable = variants.some((variant) => variant.type === 'null');
  const isText = real.type === 'string' && !real.enum;
  if (nullable && isText && textFor(place, real.format, true) === undefined) return null;
  return fill(real, place);
}

function fillList(schema: JsonSchema, place: Place): unknown[] {
  const items = schema.items ?? { type: 'string' };
  const resolved = items.$ref === undefined ? items : resolveRef(items.$ref, place.root);
  const listed = listFor(place, resolved);
  if (listed.length > 0 || !schema.minItems) return listed;
  return [fill(resolved, place)];
}

function listFor(place: Place, items: JsonSchema): unknown[] {
  const { facts, name } = place;
  const each = (people: string[]) =>
    people.map((person) => fill(items, { ...place, name: 'name', facts: { ...facts, sender: person } }));
  if (/action|task|todo|next_step|follow/.test(name)) {
    return facts.actions.map((action) => fill(items, { ...place, name: 'task', action }));
  }
  if (/people|person|participant|mention|contact|attendee/.test(name)) return each(facts.people);
  if (items.enum) return [fill(items, place)];
  if (
    items.type === 'string' &&
    !items.format &&
    /point|highlight|bullet|summary|fact|detail|takeaway/.test(name)
  ) {
    return facts.keyPoints;
  }
  return [];
}
