import type { Figure, Part } from '../report.ts';
import { drive } from '../support/drive.ts';
import type { Driven } from '../support/drive.ts';
import { historySize } from '../support/history.ts';
import type { HistorySize } from '../support/history.ts';
import { openWorld } from '../support/world.ts';
import type { Side, World } from '../support/world.ts';

const callMs = 300;
const warmUpRuns = 3;

type Measured = Driven & {
  readonly runs: number;
  readonly history: HistorySize;
  readonly database: World['database'];
  readonly lost: number;
};

function cpuOf({ cpu, runs }: Measured): number {
  return (cpu.server + cpu.worker + cpu.database) / runs;
}

// All runs are of one plan, so each must have left as many rows as the first.
function countLost(one: Driven, all: Driven): number {
  const runs = one.runIds.length + all.runIds.length;
  return Object.entries(all.rows).reduce(
    (sum, [name, count]) => sum + Math.abs(count - ((one.rows[name] ?? 0) / one.runIds.length) * runs),
    0,
  );
}

async function measureSide(side: Side, runs: number): Promise<Measured> {
  const world = await openWorld({ side, delayMs: callMs });
  try {
    const first = await drive(world, side, { runs: warmUpRuns, options: {} });
    const driven = await drive(world, side, { runs, options: {} });
    const history = await historySize(world.client, driven.runIds[0] ?? '');
    return { ...driven, runs, history, database: world.database, lost: countLost(first, driven) };
  } finally {
    await world.close();
  }
}

function ratio(name: string, means: string, of: (side: Measured) => number) {
  return ({ steward, baseline }: Sides): Figure => ({
    name,
    value: of(steward) / of(baseline),
    unit: '',
    target: 0.5,
    means,
  });
}

type Sides = { readonly steward: Measured; readonly baseline: Measured };

function describe(name: string, side: Measured): string {
  const { server, worker, database } = side.cpu;
  const each = (ms: number): string => `${Math.round(ms / side.runs)} ms`;
  const { activities, localActivities, events, bytes } = side.history;
  const speed = `${(side.wallMs / 1000).toFixed(1)} s, ${((side.runs * 1000) / side.wallMs).toFixed(2)} runs/s`;
  const cpu = `${each(server + worker + database)} CPU a run (server ${each(server)}, worker ${each(worker)}, database ${each(database)})`;
  return `${name}: ${speed}; ${cpu}; ${activities} activities, ${localActivities} local, ${events} events, ${(bytes / 1024).toFixed(1)} KiB of history; rows ${Object.values(side.rows).join(' ')}`;
}

/** Many runs at once, each with an approval, on Steward and then on the same steps written straight on the SDK. */
export async function measureThroughput(runs: number): Promise<Part> {
  const steward = await measureSide('steward', runs);
  const baseline = await measureSide('baseline', runs);
  const sides = { steward, baseline };
  return {
    title: `${runs} runs at once, model calls of ${callMs / 1000} s (${steward.database})`,
    figures: [
      {
        name: 'lost or doubled rows',
        value: steward.lost,
        unit: '',
        target: 0,
        means: 'difference between the rows there are and the rows that so many runs make',
      },
      ratio('time', 'time for all runs ÷ time of the same steps, one activity each', (side) => side.wallMs)(sides),
      ratio('CPU', 'CPU of server, worker and database a run ÷ the same of the baseline', cpuOf)(sides),
    ],
    notes: [describe('Steward ', steward), describe('Baseline', baseline)],
  };
}
