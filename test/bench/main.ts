import { benchHttp } from './http/http';
import { benchLedger } from './ledger';
import { type BenchOptions, readOptions } from './options';

const sections: Record<string, (options: BenchOptions) => Promise<void>> = {
  http: benchHttp,
  ledger: benchLedger,
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
  if (section === 'all') for (const each of Object.values(sections)) await each(options);
  else if (bench) await bench(options);
  else throw new Error(usage);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
