import { isFinished } from '../../../src/contract/run.ts';
import type { RunStatus } from '../../../src/contract/run.ts';
import type { RequestView, RunDetail } from '../../../src/contract/views.ts';
import type { Up } from './up.ts';

/** A text that leaves nothing to ask: phases, tasks, durations, a date and hours a week. */
export function clearIntent(name: string): string {
  return `# ${name}

Deadline: 2027-06-30. I have 10 hours a week.

## Phase 1: Prepare
- Measure the room (1 hour)
- Draw the floor plan (3 hours)

## Phase 2: Build
- Build the shelves (8 hours)
- Paint the walls (4 hours)

## Phase 3: Open
- Invite the neighbours (2 hours)
`;
}

/** The rows of a list of records. */
export type Rows = { readonly data: readonly (Readonly<Record<string, unknown>> & { readonly id: string })[] };

export async function start(up: Up, prompt: string, ...more: string[]): Promise<string> {
  const { run } = await up.json<{ readonly run: RunDetail }>('start', 'project_planning', '--prompt', prompt, ...more);
  return run.id;
}

async function until<T>(what: string, read: () => Promise<T | null>): Promise<T> {
  for (let tries = 0; tries < 150; tries += 1) {
    const found = await read();
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`It never happened: ${what}`);
}

/** The run's open request of a kind, once it is there. */
export async function untilAsked(up: Up, runId: string, kind: RequestView['kind']): Promise<RequestView> {
  return await until(`run ${runId} asks for ${kind}`, async () => {
    const run = await up.json<RunDetail>('run', runId);
    if (isFinished(run.status)) throw new Error(`The run is ${run.status}: ${JSON.stringify(run.error)}`);
    return run.requests.find((request) => request.kind === kind && request.status === 'open') ?? null;
  });
}

export async function untilStatus(up: Up, runId: string, status: RunStatus): Promise<RunDetail> {
  return await until(`run ${runId} is ${status}`, async () => {
    const run = await up.json<RunDetail>('run', runId);
    return run.status === status ? run : null;
  });
}
