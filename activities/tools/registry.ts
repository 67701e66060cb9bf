import type { ToolDescription } from '../../src/models/model-service.ts';
import { objectAt } from '../records/operations/fields.ts';
import { createNote } from './definitions/create-note.ts';
import { createTask } from './definitions/create-task.ts';
import { getCalendar } from './definitions/get-calendar.ts';
import { listProjects } from './definitions/list-projects.ts';
import { listTasks } from './definitions/list-tasks.ts';
import { scheduleEvent } from './definitions/schedule-event.ts';
import { searchNotes } from './definitions/search-notes.ts';
import type { PreparedTool, Tool } from './tool.ts';

/** Every tool there is. A run is granted some of them by name. */
export const allTools: readonly Tool[] = [
  listProjects,
  listTasks,
  searchNotes,
  getCalendar,
  createTask,
  createNote,
  scheduleEvent,
];

const byName = new Map(allTools.map((tool) => [tool.name, tool]));

/** The granted tools as a model is told of them; a name that is none is left out. */
export function describeTools(granted: readonly string[]): readonly ToolDescription[] {
  return allTools
    .filter((tool) => granted.includes(tool.name))
    .map(({ name, description, parameters }) => ({ name, description, parameters }));
}

export type CheckedCall =
  | { readonly ok: true; readonly tool: Tool; readonly run: Extract<PreparedTool, { readonly ok: true }>['run'] }
  /** `refusal` tells the model what is wrong and what would be right. */
  | { readonly ok: false; readonly tool: Tool | null; readonly refusal: string };

function readArguments(text: string): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  try {
    return { ok: true, value: text.trim() === '' ? {} : JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}

/** Checks a call that a model asked for: is there such a tool, is it granted, do its arguments fit. */
export function checkCall(
  granted: readonly string[],
  call: { readonly name: string; readonly arguments: string },
): CheckedCall {
  const tool = granted.includes(call.name) ? byName.get(call.name) : undefined;
  if (tool === undefined) {
    const known = describeTools(granted).map((each) => each.name);
    return {
      ok: false,
      tool: null,
      refusal: `There is no tool "${call.name}". The tools are: ${known.join(', ') || 'none'}.`,
    };
  }
  const args = readArguments(call.arguments);
  if (!args.ok) return { ok: false, tool, refusal: `The arguments of ${tool.name} are no JSON object.` };
  const prepared = tool.prepare(args.value);
  if (prepared.ok) return { ok: true, tool, run: prepared.run };
  const wrong = prepared.problems.map((problem) => `${problem.path}: ${problem.message}`).join('; ');
  const fields = Object.keys(objectAt(tool.parameters, 'properties')).join(', ');
  return { ok: false, tool, refusal: `The arguments of ${tool.name} don't fit: ${wrong}. Its fields are: ${fields}.` };
}
