/** Every order of the items, each once. */
export function* permutations<T>(items: readonly T[]): Generator<T[]> {
  if (items.length === 0) yield [];
  for (const [n, item] of items.entries())
    for (const rest of permutations([...items.slice(0, n), ...items.slice(n + 1)])) yield [item, ...rest];
}
