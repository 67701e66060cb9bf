import { isFinished } from '../../contract/run.ts';
import type { Session } from '../command.ts';
import { exitCodeOfRun, exitCodes } from '../exit-codes.ts';
import { costOf, describeEvent, requestOf } from '../text/event-text.ts';
import { formatUsd } from '../text/format.ts';
import { dim, note, print, printJsonLine } from '../text/output.ts';
import { describeRequest } from '../text/request-text.ts';
import { summarizeRun } from '../text/run-text.ts';
import { createInbox } from './inbox.ts';
import { createScreen } from './screen.ts';

type Watched = { readonly runId: string; readonly signal: AbortSignal };

async function watchAsJson({ api }: Session, { runId, signal }: Watched): Promise<void> {
  for await (const event of api.watchRun({ runId, signal })) printJsonLine(event);
}

/** Lines as they happen. On a terminal open requests are asked at once; elsewhere the command that answers is said. */
async function watchAsText(session: Session, watched: Watched & { readonly leave: () => void }): Promise<void> {
  const { api, terminal } = session;
  const { runId, signal, leave } = watched;
  const screen = createScreen({ print, note });
  const told = new Set<string>();
  const inbox = terminal === null ? null : createInbox({ api, terminal, screen, leave });
  let usd = 0;
  for await (const event of api.watchRun({ runId, signal })) {
    usd += costOf(event);
    const line = describeEvent(event);
    const total = event.type === 'run.phase' && usd > 0 ? dim(`  ${formatUsd(usd)} so far`) : '';
    if (line !== null) screen.print(`${line}${total}`);
    const requestId = requestOf(event);
    if (event.type === 'request.closed' && requestId !== null) inbox?.closed(requestId);
    if (event.type !== 'request.opened' || requestId === null || told.has(requestId)) continue;
    // A replayed request may be closed long since: only open ones are shown.
    const { items } = await api.listRequests({ runId, open: true });
    for (const request of items.filter((each) => !told.has(each.id))) {
      told.add(request.id);
      screen.note(describeRequest(request));
      inbox?.opened(request);
    }
    told.add(requestId);
  }
  await inbox?.end();
}

/** Follows a run until it ends. Sets the exit code by how it ended, or that of an interrupt when one came first. */
export async function watchRun(session: Session, { runId }: { readonly runId: string }): Promise<void> {
  const stop = new AbortController();
  const leave = (): void => stop.abort();
  process.once('SIGINT', leave);
  process.once('SIGTERM', leave);
  try {
    const watched = { runId, signal: stop.signal };
    if (session.json) await watchAsJson(session, watched);
    else await watchAsText(session, { ...watched, leave });
  } finally {
    process.off('SIGINT', leave);
    process.off('SIGTERM', leave);
  }
  const run = await session.api.getRun({ runId });
  if (session.json) printJsonLine(run);
  else note(summarizeRun(run));
  if (isFinished(run.status)) {
    process.exitCode = exitCodeOfRun(run.status);
    return;
  }
  process.exitCode = exitCodes.interrupted;
  if (!session.json) note(`It goes on without you. Watch it again: steward run ${runId} --watch`);
}
