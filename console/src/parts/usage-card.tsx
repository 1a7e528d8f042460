import { useEffect, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { onDay, plural } from '../format.ts';
import { useLoad } from '../hooks.ts';
import { inbrief } from '../sdk.ts';
import { Card, Empty, Failure, Loading } from './ui.tsx';

const days = 30;
const dayMs = 86_400_000;
const darkness = matchMedia('(prefers-color-scheme: dark)');

interface Usage {
  /** Seconds since 1970 of each day's start, UTC. */
  starts: number[];
  captured: number[];
}

/** Credits captured on each of the last days, from the ledger's own lines. */
async function usage(signal: AbortSignal): Promise<Usage> {
  const today = Math.floor(Date.now() / dayMs);
  const first = today - days + 1;
  const captured = Array<number>(days).fill(0);
  const from = new Date(first * dayMs).toISOString();
  const lines = await inbrief.transactions
    .list({ kind: ['capture'], from, limit: 100 }, { signal })
    .all(5_000);
  for (const { createdAt, credits } of lines) {
    const index = Math.floor(Date.parse(createdAt) / dayMs) - first;
    if (index >= 0 && index < days) captured[index] = (captured[index] ?? 0) + Math.abs(credits);
  }
  return { starts: captured.map((_, index) => ((first + index) * dayMs) / 1_000), captured };
}

export function UsageCard() {
  const loaded = useLoad(usage, []);
  const total = loaded.data?.captured.reduce((sum, value) => sum + value, 0) ?? 0;
  return (
    <Card title="Usage" aside={<span class="small">Summaries a day, the last {days} days</span>}>
      {loaded.error !== undefined && <Failure error={loaded.error} onRetry={loaded.reload} />}
      {!loaded.data && loaded.isLoading && <Loading lines={4} />}
      {loaded.data && total === 0 && <Empty title="No credit spent yet" />}
      {loaded.data && total > 0 && <Chart {...loaded.data} total={total} />}
    </Card>
  );
}

function Chart({ starts, captured, total }: Usage & { total: number }) {
  const box = useRef<HTMLDivElement>(null);
  const isDark = useDarkness();
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const colours = getComputedStyle(element);
    const [ink, line, fill] = ['--quiet', '--rule', '--accent'].map((name) => colours.getPropertyValue(name));
    const axis = {
      stroke: ink,
      grid: { stroke: line, width: 1 },
      ticks: { show: false },
      font: '12px system-ui',
    };
    const whole = { size: 36, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000], space: 32 };
    const bars = uPlot.paths.bars?.({ size: [0.7, 28], radius: 0.2 });
    const plot = new uPlot(
      {
        width: element.clientWidth,
        height: 200,
        tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1_000), 'Etc/UTC'),
        scales: { x: { time: true }, y: { range: (_, __, max) => [0, Math.max(4, max)] } },
        series: [{}, { label: 'Summaries', fill, ...(bars && { paths: bars }), points: { show: false } }],
        axes: [
          { ...axis, grid: { show: false }, space: 70 },
          { ...axis, ...whole },
        ],
        legend: { show: false },
        cursor: { show: false },
      },
      [starts, captured],
      element,
    );
    const resize = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: 200 }));
    resize.observe(element);
    return () => {
      resize.disconnect();
      plot.destroy();
    };
  }, [starts, captured, isDark]);
  const busiest = captured.indexOf(Math.max(...captured));
  const says = `${plural(total, 'summary', 'summaries')} in ${days} days, most of them (${captured[busiest]}) on ${onDay(new Date((starts[busiest] ?? 0) * 1_000).toISOString())}.`;
  return (
    <figure class="chart">
      <div ref={box} role="img" aria-label={says} />
      <figcaption class="small">{says}</figcaption>
    </figure>
  );
}

/** A canvas takes no colour from a style sheet: it is drawn anew when the scheme changes. */
function useDarkness(): boolean {
  const [isDark, setDark] = useState(darkness.matches);
  useEffect(() => {
    const update = () => setDark(darkness.matches);
    darkness.addEventListener('change', update);
    return () => darkness.removeEventListener('change', update);
  }, []);
  return isDark;
}
