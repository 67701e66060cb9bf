import { meetingsFile } from '../../support/meetings/calendar-file.ts';
import { startRun } from '../../support/runs.ts';
import type { Path } from './path.ts';
import { standardPaths } from './standard-paths.ts';
import type { Prepare } from './standard-paths.ts';

const type = 'calendar_analysis';

const withMeetings: Prepare = async (steward) => {
  // Meetings of its own for each path: those of another have their tasks by then.
  await steward.api.importCalendar({ text: meetingsFile(Date.now(), `owner-${Date.now()}`) });
  // Never the same prompt twice: equal ones are answered from the cache, which costs nothing.
  return { type, input: { userPrompt: `What takes my time? ${Date.now()}` } };
};

/** Paths of `calendar_analysis` on a Steward with priced models. */
export const calendarPaths: Readonly<Record<string, Path>> = {
  ...standardPaths(withMeetings),
  'nothing-to-propose': async (steward) =>
    await startRun(steward, { type, input: { from: '2001-01-01', to: '2001-02-01' } }),
};
