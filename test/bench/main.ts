import { benchClean } from './clean';
import { benchGrowth } from './growth';
import { benchHttp } from './http/http';
import { benchLedger } from './ledger';
import { type BenchOptions, readOptions } from './options';
import { benchPipeline } from './pipeline/pipeline';
import { benchRelay } from './relay';
import { benchSoak } from './soak';
import { benchSse } from './sse';
import { benchStartup } from './startup';

const sections: Record<string, (options: BenchOptions) => Promise<void>> = {
  http: benchHttp,
  pipeline: benchPipeline,
  ledger: benchLedger,
  clean: benchClean,
  relay: benchRelay,
  sse: benchSse,
  growth: benchGrowth,
  soak: benchSoak,
  startup: benchStartup,
};

const usage = `npm run bench -- ${Object.keys(sections).join(' | ')} | all  [options]
  --quick      little data and short runs: says that it runs, not how fast
  --seconds S  of each measurement (default 5)
  --rounds R   measurements of each variant, in turn (default 3)
  --minutes M  how long soak lasts (default 10)`;

/** `npm run bench -- SECTION`: measures one part; without a name, says which there are. */
async function main(): Promise<void> {
  const { section, options } = readOptions(process.argv.slice(2));
  const bench = sections[section ?? ''];
  if (section === 'all')
    for (const [name, each] of Object.entries(sections)) await each(options).catch(tell(name));
  else if (bench) await bench(options);
  else throw new Error(usage);
}

/** One section that fails must not cost the others their turn. */
const tell = (name: string) => (error: unknown) => {
  process.stderr.write(`bench ${name}: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
};

main().catch(tell(process.argv[2] ?? ''));
