import { benchLedger } from './ledger';

const benches: Record<string, () => Promise<void>> = { ledger: benchLedger };

/** `npm run bench -- NAME`: measures one part; without a name, says which there are. */
async function main(): Promise<void> {
  const bench = benches[process.argv[2] ?? ''];
  if (!bench) throw new Error(`npm run bench -- ${Object.keys(benches).join(' | ')}`);
  await bench();
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
