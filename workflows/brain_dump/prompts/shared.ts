import type { Problem } from '../../../src/contract/errors.ts';
import type { FactSheet, TaskFacts } from '../../../src/contract/facts.ts';
import type { JsonObject } from '../../../src/contract/json.ts';
import type { CallContract } from '../../../src/schemas/workflow-contract.ts';
import { asJson } from '../../shared/json.ts';
import type { BrainDump } from '../contract.ts';
import { isWithin, likeness, meaningOf, oneLine } from '../merge/words.ts';
import { dumpText, pieceText, readPrepared } from '../outputs.ts';
import { cutPieces, mostChars } from '../pieces.ts';

type Calls = BrainDump['calls'];
export type Call<Name extends keyof Calls, Output> = CallContract<Output, Calls[Name]['params'], Calls[Name]['view']>;

const mostTasks = 80;

/** Open tasks that a text may speak of: those that share words with it, the likeliest first, so that prompts stay small. */
export function tasksNear(facts: FactSheet, text: string): readonly JsonObject[] {
  const words = meaningOf(text);
  return (facts.workload?.tasks ?? [])
    .map((task) => ({ task, title: meaningOf(task.title) }))
    .map(({ task, title }) => ({
      task,
      near: isWithin(title, words) ? 1 : likeness(title, new Set([...title].filter((word) => words.has(word)))),
    }))
    .filter(({ near }) => near > 0.3)
    .toSorted((a, b) => b.near - a.near)
    .slice(0, mostTasks)
    .map(({ task }) => shownTask(task));
}

function shownTask({ id, title, projectId, deadline }: TaskFacts): JsonObject {
  return { id, title, projectId, deadline };
}

// Beyond ASCII a character takes some tokens by itself.
function weight(text: string): number {
  return text.length + 3 * text.replaceAll(/[ -~\s]+/g, '').length;
}

/** About the most that one prompt has of the facts: so many pieces, the heaviest, and tasks near them. */
export function largestPrompt(facts: FactSheet, pieces: number): JsonObject {
  const text = dumpText(facts);
  const largest = cutPieces(text, mostChars)
    .map(({ start, end }) => text.slice(start, end))
    .toSorted((a, b) => weight(b) - weight(a))
    .slice(0, pieces);
  return {
    ...setting(facts),
    largest,
    existing_tasks: (facts.workload?.tasks ?? []).slice(0, mostTasks).map(shownTask),
  };
}

/** Who writes, when, what was said since, and which projects there are. */
export function setting(facts: FactSheet): JsonObject {
  return {
    // To the hour: the same question asked twice can be answered from the cache.
    now: `${facts.now.slice(0, 13)}:00:00.000Z`,
    time_zone: facts.timeZone,
    projects: asJson(
      (facts.workload?.projects ?? []).map(({ id, name, description }) => ({
        id,
        name,
        description: description?.slice(0, 200) ?? null,
      })),
    ),
    project_of_dump: facts.input['projectId'] ?? facts.brainDump?.projectId ?? null,
    context: facts.input['context'] ?? null,
    added_context: facts.addedContext,
    rejections: asJson(facts.rejections),
  };
}

/** What both extractions of a piece are told. */
export function pieceSections(facts: FactSheet, piece: string): JsonObject {
  const text = pieceText(facts, piece);
  return {
    ...setting(facts),
    intent: text,
    answers: asJson(facts.answers),
    existing_tasks: tasksNear(facts, text),
    'output.prepare': asJson(readPrepared(facts).find((item) => item.key === piece) ?? null),
  };
}

export function knownProjects(facts: FactSheet): ReadonlySet<string> {
  return new Set((facts.workload?.projects ?? []).map((project) => project.id));
}

/** A problem where a quote is not in the piece that it is said to come from; white space may differ. */
export function quoteProblems(
  quotes: readonly { readonly path: string; readonly quote: string }[],
  text: string,
): readonly Problem[] {
  const source = oneLine(text);
  return quotes.flatMap(({ path, quote }) =>
    source.includes(oneLine(quote)) && oneLine(quote) !== ''
      ? []
      : [{ path, message: `"${quote.slice(0, 80)}" does not stand in the text; copy the stretch word for word` }],
  );
}
