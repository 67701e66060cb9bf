type Node = { readonly id: string; readonly parentTaskId: string | null };

/** Everything below a task, in the order given. Bounded by the tasks themselves: each is visited once. */
export function descendantsOf<T extends Node>(tasks: readonly T[], id: string): readonly T[] {
  const below = new Set([id]);
  let grew = true;
  while (grew) {
    const size = below.size;
    for (const task of tasks) if (task.parentTaskId !== null && below.has(task.parentTaskId)) below.add(task.id);
    grew = below.size > size;
  }
  below.delete(id);
  return tasks.filter((task) => below.has(task.id));
}

/** Subtasks go this many levels deep: the database refuses more. */
const deepest = 5;

/** The task and what is above it, nearest first. */
function lineage(tasks: readonly Node[], id: string): readonly string[] {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const line: string[] = [];
  for (let at: string | null = id; at !== null && !line.includes(at); at = byId.get(at)?.parentTaskId ?? null)
    line.push(at);
  return line;
}

/** The task itself, or the nearest one above it, under which there is room for another level. */
export function parentWithRoom(tasks: readonly Node[], id: string): string {
  const line = lineage(tasks, id);
  const spare = Math.max(0, line.length - deepest);
  return line[spare] ?? id;
}
