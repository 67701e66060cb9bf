import { setTimeout as sleep } from 'node:timers/promises';
import type { StewardApi } from '../../src/api/steward-api.ts';
import type { EventView } from '../../src/contract/views.ts';
import type { Figure, Part } from '../report.ts';
import { startChild } from '../support/ask.ts';
import { planText } from '../support/plan-text.ts';
import { commitTimes, openPostgres } from '../support/postgres.ts';
import type { BenchPostgres } from '../support/postgres.ts';
import { startUp } from '../support/steward-up.ts';

const runs = 15;
const atOnce = 3;
const callMs = 300;
const mostMs = 100;

type Received = Map<string, number>;
type Seen = { readonly ofRun: Received; readonly ofAll: Received };

function nowMs(): number {
  return performance.timeOrigin + performance.now();
}

function note(received: Received, { runId, seq }: EventView): void {
  const key = `${runId}/${seq}`;
  if (!received.has(key)) received.set(key, nowMs());
}

async function watchOne(api: StewardApi, index: number, received: Received): Promise<void> {
  const input = { userPrompt: `${planText}\nThis is plan number ${index}.` };
  const { run } = await api.startRun({ type: 'project_planning', input, options: { autoExecute: true } });
  const signal = AbortSignal.timeout(120_000);
  for await (const event of api.watchRun({ runId: run.id, signal })) note(received, event);
}

/** Runs a few at a time, each watched by a stream of its own, and all by one stream of everything. */
async function watchRuns(api: StewardApi): Promise<Seen> {
  const seen: Seen = { ofRun: new Map(), ofAll: new Map() };
  const leaving = new AbortController();
  const watchingAll = (async () => {
    for await (const event of api.watchAll({ signal: leaving.signal })) note(seen.ofAll, event);
  })();
  const left = Array.from({ length: runs }, (_, index) => index);
  const hands = Array.from({ length: atOnce }, async () => {
    for (let index = left.shift(); index !== undefined; index = left.shift()) await watchOne(api, index, seen.ofRun);
  });
  await Promise.all(hands);
  // The last events of all may come a little after the same ones of a run.
  await sleep(2_000);
  leaving.abort();
  await watchingAll.catch(() => undefined);
  return seen;
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function figures(name: string, received: Received, committed: Received): readonly Figure[] {
  const latencies = [...received].flatMap(([key, atMs]) => {
    const committedMs = committed.get(key);
    return committedMs === undefined ? [] : [atMs - committedMs];
  });
  latencies.sort((a, b) => a - b);
  const means = `commit of an event → received over SSE (${name}), over ${latencies.length} events`;
  return [
    { name: `${name} p50`, value: quantile(latencies, 0.5), unit: 'ms', target: null, means },
    { name: `${name} p95`, value: quantile(latencies, 0.95), unit: 'ms', target: mostMs, means },
    {
      name: `${name} missed`,
      value: committed.size - latencies.length,
      unit: '',
      target: 0,
      means: 'events that were committed and never came',
    },
  ];
}

/** How long after its commit an event reaches a client of the gateway, while runs are under way. */
export async function measureEvents(): Promise<Part> {
  const postgres = await openPostgres();
  // The embedded database doesn't keep the times of commits.
  if (postgres === null)
    return { title: 'Event latency', figures: [], notes: ['Not measured: it needs Postgres installed.'] };
  try {
    return await measureOn(postgres);
  } finally {
    await postgres.stop();
  }
}

async function measureOn(postgres: BenchPostgres): Promise<Part> {
  const model = await startChild('model', { delayMs: callMs, turns: null });
  try {
    const settings = {
      DATABASE_URL: postgres.url,
      OPENAI_BASE_URL: await model.ask<string>('url'),
      OPENAI_API_KEY: 'bench',
    };
    const up = await startUp(settings);
    try {
      const { ofRun, ofAll } = await watchRuns(up.api);
      const committed = await commitTimes(postgres.url);
      return {
        title: `Event latency, ${runs} runs, ${atOnce} at once (Postgres)`,
        figures: [...figures('of a run', ofRun, committed), ...figures('of all runs', ofAll, committed)],
        notes: [],
      };
    } finally {
      await up.stop();
    }
  } finally {
    await model.stop();
  }
}
