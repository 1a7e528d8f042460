// Runs a process of the program that `pack.ts` made. A process that lives for seconds gains nothing from code that is optimised for
// hours, and pays half of its start for it.
const { setFlagsFromString } = require('node:v8');
const { launch } = require('../../../tools/pack/launch.cjs');

for (const flag of require('./v8-flags.json')) setFlagsFromString(flag);
launch(process.env.CHAOS_PROGRAM)[process.env.CHAOS_ROLE]();
