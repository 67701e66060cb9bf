import { startRun, untilEnded } from '../../support/runs.ts';
import type { TestSteward } from '../../support/steward.ts';
import type { Path } from './path.ts';
import { standardPaths } from './standard-paths.ts';

const type = 'generate_daily_brief';
let days = 0;

/** A day of its own for each run, with something due on it: equal prompts are answered from the cache. */
async function dueDay(steward: TestSteward): Promise<string> {
  days += 1;
  const date = `2031-05-${String(days).padStart(2, '0')}`;
  const { id: project_id } = await steward.api.createRecord({
    kind: 'projects',
    values: { name: `Allotment ${Date.now().toString(36)}` },
  });
  const values = { title: 'Dig the bed', deadline: `${date}T12:00:00Z`, duration_minutes: 60, project_id };
  await steward.api.createRecord({ kind: 'tasks', values });
  return date;
}

async function quiet(steward: TestSteward): Promise<string> {
  const { id } = await steward.api.createRecord({ kind: 'projects', values: { name: 'Asleep' } });
  const runId = await startRun(steward, { type, input: { date: '2031-06-01', projectIds: [id] } });
  await untilEnded(steward, runId);
  return runId;
}

async function byItself(steward: TestSteward): Promise<string> {
  const runId = await startRun(steward, { type, input: { date: await dueDay(steward) } });
  await untilEnded(steward, runId);
  return runId;
}

/** Paths of `generate_daily_brief`. */
export const dailyBriefPaths: Readonly<Record<string, Path>> = {
  ...standardPaths(async (steward) => ({ type, input: { date: await dueDay(steward) } })),
  'saved-by-itself': byItself,
  'quiet-day': quiet,
};
