import { parseArgs } from 'node:util';
import { measureAgent } from './parts/agent.ts';
import { measureEvents } from './parts/events.ts';
import { measureOverhead } from './parts/overhead.ts';
import { measureStartUp } from './parts/startup.ts';
import { measureThroughput } from './parts/throughput.ts';
import { allReached, formatPart } from './report.ts';
import type { Part } from './report.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '200' },
    turns: { type: 'string', default: '200' },
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const runs = Number(values.runs);
const turns = Number(values.turns);

const measures: Readonly<Record<string, () => Promise<Part>>> = {
  overhead: measureOverhead,
  throughput: async () => await measureThroughput(runs),
  events: measureEvents,
  startup: measureStartUp,
  agent: async () => await measureAgent(turns),
};

const names = values.only?.split(',') ?? Object.keys(measures);
const unknown = names.filter((name) => measures[name] === undefined);
if (unknown.length > 0 || ![runs, turns].every((count) => Number.isInteger(count) && count >= 1)) {
  console.error(`usage: npm run bench -- [--runs N] [--turns N] [--only ${Object.keys(measures).join(',')}] [--json]`);
  process.exit(2);
}

const parts: Part[] = [];
for (const name of names) {
  console.error(`Measuring ${name} …`);
  const part = await measures[name]?.();
  if (part === undefined) continue;
  parts.push(part);
  if (!values.json) console.log(formatPart(part));
}
if (values.json) console.log(JSON.stringify(parts, null, 2));
process.exitCode = allReached(parts) ? 0 : 1;
