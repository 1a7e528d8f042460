import { useEffect, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { count, onDay, plural } from '../format.ts';
import type { Dashboard } from '../sdk.ts';
import { Card, Empty } from './ui.tsx';

const darkness = matchMedia('(prefers-color-scheme: dark)');

type Usage = Dashboard['usage'];

/** What was summarised on each of the last days, as the dashboard counts it. */
export function UsageCard({ usage }: { usage: Usage }) {
  const total = usage.reduce((sum, { summarised }) => sum + summarised, 0);
  return (
    <Card title="Usage" aside={<span class="small">Summaries a day, the last {usage.length} days</span>}>
      {total === 0 ? (
        <Empty title="Nothing summarised yet">
          <p>The days appear here as soon as mail was read.</p>
        </Empty>
      ) : (
        <Chart usage={usage} total={total} />
      )}
    </Card>
  );
}

function Chart({ usage, total }: { usage: Usage; total: number }) {
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
        // Half a day on either side: a bar stands over the middle of its day.
        scales: {
          x: { time: true, range: (_, min, max) => [min - 43_200, max + 43_200] },
          y: { range: (_, __, max) => [0, Math.max(4, max)] },
        },
        series: [{}, { label: 'Summaries', fill, ...(bars && { paths: bars }), points: { show: false } }],
        axes: [
          {
            ...axis,
            grid: { show: false },
            size: 34,
            gap: 10,
            space: 80,
            values: (_, splits) => splits.map(dayOf),
          },
          { ...axis, ...whole },
        ],
        legend: { show: false },
        cursor: { show: false },
      },
      [usage.map(({ day }) => Date.parse(day) / 1_000), usage.map(({ summarised }) => summarised)],
      element,
    );
    const resize = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: 200 }));
    resize.observe(element);
    return () => {
      resize.disconnect();
      plot.destroy();
    };
  }, [usage, isDark]);
  const busiest = usage.reduce((most, day) => (day.summarised > most.summarised ? day : most));
  const says = `${plural(total, 'summary', 'summaries')} in ${usage.length} days, most of them (${count(busiest.summarised)}) on ${onDay(busiest.day)}.`;
  return (
    <figure class="chart">
      <div ref={box} role="img" aria-label={says} />
      <figcaption class="small">{says}</figcaption>
    </figure>
  );
}

/** Of a chart's place: seconds since 1970. */
const dayOf = (seconds: number): string => onDay(new Date(seconds * 1_000).toISOString().slice(0, 10));

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
