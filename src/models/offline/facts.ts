import { asList, asObject, asText, isList } from './json-values.ts';
import type { Json, JsonObject } from '../../contract/json.ts';
import type { OutlineInput } from './outline/build-outline.ts';
import type { Priority } from '../../contract/proposal.ts';

/** A task that another call of the same run has put into the plan. */
export type PlannedTask = {
  readonly key: string;
  readonly title: string;
  readonly description: string;
  readonly steps: readonly string[];
  readonly priority: Priority;
  readonly deadline: string | null;
  readonly phase: number;
};
/** A phase of the run's plan. */
export type PlannedPhase = { readonly key: string; readonly name: string };

type Sections = Readonly<Record<string, Json>>;

function textOrNull(value: Json | undefined): string | null {
  const text = asText(value).trim();
  return text === '' ? null : text;
}

/** All texts inside a value, one a line: an object given as context is read like a note. */
function flatten(value: Json | undefined): string {
  if (value === null || value === undefined) return '';
  if (isList(value))
    return value
      .map(flatten)
      .filter((text) => text !== '')
      .join('\n');
  if (typeof value !== 'object') return asText(value);
  return Object.entries(value)
    .map(([key, inner]) => `${key}: ${flatten(inner)}`)
    .join('\n');
}

function comments(sections: Sections): readonly string[] {
  const rejection = sections['rejection'] ?? sections['rejections'];
  const rejections = isList(rejection) ? rejection : [rejection];
  const said = rejections.map((item) => (typeof item === 'string' ? item : asText(asObject(item)['comment'])));
  const added = sections['added_context'];
  return [...(isList(added) ? added.map(asText) : [asText(added)]), ...said].filter((text) => text.trim() !== '');
}

/** Where and when the request is read. */
function referenceOf(sections: Sections): OutlineInput['reference'] {
  return {
    now: asText(sections['now']).replaceAll('"', '') || '2000-01-01T00:00:00Z',
    timeZone: asText(sections['time_zone']) || 'UTC',
  };
}

/** The tasks that exist already and are open. */
export function existingTasks(sections: Sections): readonly {
  readonly projectId: string | null;
  readonly id: string;
  readonly title: string;
  readonly deadline: string | null;
  readonly durationMinutes: number | null;
}[] {
  return asList(sections['existing_tasks'])
    .map(asObject)
    .filter(
      (task) =>
        asText(task['id']) !== '' &&
        asText(task['title']) !== '' &&
        !/^(?:completed|cancelled)$/u.test(asText(task['status'])),
    )
    .map((task) => {
      const minutes = task['durationMinutes'] ?? task['duration_minutes'];
      return {
        projectId: textOrNull(task['projectId'] ?? task['project_id']),
        id: asText(task['id']),
        title: asText(task['title']),
        deadline: textOrNull(task['deadline']),
        durationMinutes: typeof minutes === 'number' ? minutes : null,
      };
    });
}

/** Gathers what a plan may be read from out of a request's sections. */
export function outlineInput(sections: Sections): OutlineInput {
  const project = asObject(sections['project']);
  const notes = asList(sections['notes']).map((note) =>
    [asText(asObject(note)['title']), asText(asObject(note)['content'])].filter((part) => part !== '').join('\n\n'),
  );
  const background = [
    flatten(sections['context']),
    asText(project['context']),
    asText(project['description']),
    ...notes,
  ].filter((text) => text.trim() !== '');
  return {
    intent: typeof sections['intent'] === 'string' ? sections['intent'] : flatten(sections['intent']),
    background,
    projectName: textOrNull(project['name']),
    projectDeadline: textOrNull(project['endDate'] ?? project['end_date'])?.slice(0, 10) ?? null,
    answers: answersOf(sections['answers']),
    comments: comments(sections),
    existingTasks: existingTasks(sections).filter(
      (task) => textOrNull(project['id']) === null || task.projectId === asText(project['id']),
    ),
    profile: flatten(sections['user_context']),
    reference: referenceOf(sections),
  };
}

function answersOf(value: Json | undefined): OutlineInput['answers'] {
  if (isList(value)) {
    return value.map(asObject).map((item) => ({
      key: asText(item['key']),
      question: asText(item['question']),
      answer: asText(item['answer']),
    }));
  }
  return Object.entries(asObject(value)).map(([key, answer]) => ({ key, question: '', answer: asText(answer) }));
}

/** The phases that the run's plan has, or none when no plan was made yet. */
export function plannedPhases(sections: Sections): readonly PlannedPhase[] {
  return asList(asObject(sections['output.plan'])['phases'])
    .map(asObject)
    .map((phase) => ({ key: asText(phase['key']), name: asText(phase['name']) }))
    .filter((phase) => phase.key !== '');
}

function taskLists(value: Json | undefined): readonly JsonObject[] {
  if (isList(value))
    return value.flatMap((item) => ('tasks' in asObject(item) ? taskLists(asObject(item)['tasks']) : [asObject(item)]));
  const inner = asObject(value);
  if ('tasks' in inner) return taskLists(inner['tasks']);
  return Object.values(inner).flatMap((item) => taskLists(item));
}

/** Every task of the run's plan, whether the section lists tasks, answers of the call `tasks`, or those by phase. */
export function plannedTasks(sections: Sections): readonly PlannedTask[] {
  const bySlot = Object.keys(sections)
    .filter((name) => name.startsWith('output.tasks/') || name.startsWith('output.tasks.'))
    .toSorted();
  const tasks = [...taskLists(sections['output.tasks']), ...bySlot.flatMap((name) => taskLists(sections[name]))];
  const phases: string[] = [];
  const seen = new Set<string>();
  return tasks.flatMap((task) => {
    const key = asText(task['key']);
    if (key === '' || seen.has(key)) return [];
    seen.add(key);
    const phase = asText(task['phase']) || (key.split('.')[0] ?? '');
    if (!phases.includes(phase)) phases.push(phase);
    const priority =
      (['low', 'medium', 'high', 'critical'] as const).find((name) => name === asText(task['priority'])) ?? 'medium';
    return [
      {
        key,
        title: asText(task['title']),
        description: asText(task['description']),
        steps: asList(task['steps']).map(asText),
        priority,
        deadline: textOrNull(task['deadline']),
        phase: phases.indexOf(phase),
      },
    ];
  });
}
