import type { Part } from '../report.ts';
import { planText } from '../support/plan-text.ts';
import { startUp } from '../support/steward-up.ts';
import type { StewardUp } from '../support/steward-up.ts';

type FirstEvents = { readonly firstMs: number; readonly admittedMs: number };

/** Starts a run over HTTP and watches it until the workflow itself has reported. */
async function firstEvents({ api }: StewardUp): Promise<FirstEvents> {
  const leaving = new AbortController();
  const postedMs = performance.now();
  const { run } = await api.startRun({ type: 'project_planning', input: { userPrompt: planText } });
  let firstMs: number | null = null;
  for await (const event of api.watchRun({ runId: run.id, signal: leaving.signal })) {
    const sinceMs = performance.now() - postedMs;
    firstMs ??= sinceMs;
    if (event.type !== 'run.admitted') continue;
    leaving.abort();
    return { firstMs, admittedMs: sinceMs };
  }
  throw new Error('The run was not admitted.');
}

/** `steward up` on a fresh data directory, as a newcomer starts it once Temporal's binary is there. */
export async function measureStartUp(): Promise<Part> {
  const up = await startUp();
  try {
    const { firstMs, admittedMs } = await firstEvents(up);
    return {
      title: 'Start-up (embedded database)',
      figures: [
        {
          name: 'ready',
          value: up.readyMs / 1000,
          unit: 's',
          target: 10,
          means: 'from the command to the line that says it is ready',
        },
        {
          name: 'first event',
          value: firstMs / 1000,
          unit: 's',
          target: 1,
          means: 'from POST /api/runs to the first event of the run at its watcher',
        },
        {
          name: 'admitted',
          value: admittedMs / 1000,
          unit: 's',
          target: null,
          means: 'from POST /api/runs to the first event that the workflow itself caused',
        },
      ],
      notes: [
        'Template of the database and bundle of the workflows come from the cache when an earlier start left them.',
      ],
    };
  } finally {
    await up.stop();
  }
}
