import type { Figure, Part } from '../report.ts';
import { drive } from '../support/drive.ts';
import { openWorld } from '../support/world.ts';

const callMs = 2_000;
// Understand, plan, all phases side by side, order, summarize.
const callsInARow = 5;
const most = 1.05;

/** One planning run with slow model calls: how much longer it takes than its calls. */
export async function measureOverhead(): Promise<Part> {
  const world = await openWorld({ side: 'steward', delayMs: callMs });
  try {
    // The first run warms code and caches, as in any process that has been up for a minute.
    await drive(world, 'steward', { runs: 1, options: { autoExecute: true } });
    const figures: Figure[] = [];
    for (const autoExecute of [true, false]) {
      const { wallMs } = await drive(world, 'steward', { runs: 1, options: { autoExecute } });
      const how = autoExecute ? 'executing by itself' : 'with a decision sent at once';
      figures.push({
        name: autoExecute ? 'overhead' : 'overhead with approval',
        value: wallMs / (callsInARow * callMs),
        unit: '',
        target: most,
        means: `time of a run ${how} ÷ time of its ${callsInARow} model calls in a row at ${callMs / 1000} s each`,
      });
    }
    return { title: 'Overhead over model calls', figures, notes: [] };
  } finally {
    await world.close();
  }
}
