/** Lookups of the API's caches since its start, all of them together, as `/metrics` tells them. */
export async function scrapeCaches(url: string, key: string): Promise<{ hits: number; misses: number }> {
  const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${key}` } });
  if (!answer.ok) throw new Error(`/metrics answered ${answer.status}`);
  const text = await answer.text();
  const sum = (outcome: string): number =>
    [...text.matchAll(/^inbrief_cache_lookups_total\{([^}]*)\} (\S+)$/gm)]
      .filter(([, labels = '']) => labels.includes(`outcome="${outcome}"`))
      .reduce((total, [, , count]) => total + Number(count), 0);
  return { hits: sum('hit'), misses: sum('miss') };
}
