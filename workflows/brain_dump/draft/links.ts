import type { JsonObject } from '../../../src/contract/json.ts';
import type { CreateBrainDump, LinkBrainDump, Operation, UpdateBrainDump } from '../../../src/contract/proposal.ts';
import { because } from './work.ts';
import type { DraftWork } from './work.ts';

type Target = { readonly projectId: string } | { readonly taskId: string } | { readonly noteId: string };

/** Keeps the text as a brain dump, when the run was started with one. */
export function dumpOperations({ said, brainDumpId, dumpOperation, facts }: DraftWork): readonly CreateBrainDump[] {
  if (dumpOperation === null) return [];
  const { projectId } = facts.input;
  return [
    {
      id: dumpOperation,
      kind: 'create_brain_dump',
      title: `Keep the dump "${said.title}"`,
      reason: 'So that every task and note can be traced to the words that it comes from.',
      requires: [],
      payload: {
        brainDumpId,
        contentFrom: 'input',
        title: said.title,
        projectId: typeof projectId === 'string' ? projectId : null,
      },
    },
  ];
}

/** What an operation makes or touches. */
function targetOf(operation: Operation): Target | null {
  switch (operation.kind) {
    case 'create_project':
    case 'update_project':
      return { projectId: operation.payload.projectId };
    case 'create_task':
    case 'update_task':
      return { taskId: operation.payload.taskId };
    case 'create_note':
      return { noteId: operation.payload.noteId };
    default:
      return null;
  }
}

/** A link from the dump to everything made or touched, and to the tasks that it only mentions. */
export function linkOperations(work: DraftWork, made: readonly Operation[]): readonly LinkBrainDump[] {
  const { brainDumpId, dumpOperation, said } = work;
  const kept = dumpOperation === null ? [] : [dumpOperation];
  const links = made.flatMap((operation) => {
    const target = targetOf(operation);
    return target === null
      ? []
      : [
          {
            target,
            requires: [...kept, operation.id],
            title: `Link the dump to: ${operation.title}`,
            reason: 'It came of this dump.',
          },
        ];
  });
  const known = said.known.map(({ taskId, title, quotes }) => ({
    target: { taskId },
    requires: kept,
    title: `Link the dump to task "${title}"`,
    reason: because('The task is there already.', quotes),
  }));
  return [...links, ...known].map(({ target, ...rest }, index) => ({
    ...rest,
    id: `link-${index + 1}`,
    kind: 'link_brain_dump',
    payload: { brainDumpId, ...target },
  }));
}

function shortForm(operation: Operation): JsonObject {
  return { id: operation.id, kind: operation.kind, title: operation.title, ...targetOf(operation) };
}

/** Marks the dump as done, with what was understood of it. */
export function finishOperation(work: DraftWork, made: readonly Operation[]): UpdateBrainDump {
  const { said, brainDumpId, dumpOperation, facts } = work;
  const summary = `${said.tasks.length} tasks, ${said.updates.length} additions to tasks, ${said.notes.length} notes, ${said.projects.length} projects.`;
  return {
    id: 'dump-done',
    kind: 'update_brain_dump',
    title: `Mark the dump "${said.title}" as done`,
    reason: 'It is read, and what came of it is listed in it.',
    requires: dumpOperation === null ? [] : [dumpOperation],
    payload: {
      brainDumpId,
      changes: {
        status: 'completed',
        ...(facts.brainDump?.title === said.title ? {} : { title: said.title }),
        aiSummary: summary,
        aiInsights: said.insights.join('\n') || null,
        parsedResults: { runId: facts.runId, confidence: said.confidence, operations: made.map(shortForm) },
      },
    },
  };
}
