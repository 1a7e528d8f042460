/** The value of a series in Prometheus' text format; undefined where there is none. Labels in the order they are exposed. */
export function valueOf(text: string, name: string, labels?: string): number | undefined {
  const start = labels === undefined ? `${name} ` : `${name}{${labels}} `;
  const line = text.split('\n').find((one) => one.startsWith(start));
  return line === undefined ? undefined : Number(line.slice(start.length));
}

/** Every metric that is registered, whether or not it has a series yet. */
export function namesIn(text: string): Set<string> {
  const names = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)];
  return new Set(
    names.flatMap(([, name = '', type]) =>
      type === 'histogram' ? [name, `${name}_bucket`, `${name}_count`, `${name}_sum`] : [name],
    ),
  );
}
