import type { Problem } from '../../src/contract/errors.ts';
import type { FactSheet } from '../../src/contract/facts.ts';
import type { Json, JsonObject } from '../../src/contract/json.ts';
import type { Question } from '../../src/contract/request.ts';
import type { CallContract } from '../../src/schemas/workflow-contract.ts';
import { analysis, appliedResult, ordering, phaseTasks, plan, summary } from './contract.ts';
import type { Analysis, Ordering, PhaseTasks, Plan, ProjectPlanning, Summary } from './contract.ts';
import { findCycle } from './cycles.ts';
import { readPlan, readTasks } from './outputs.ts';

type Calls = ProjectPlanning['calls'];
type Call<Name extends keyof Calls, Output> = CallContract<Output, Calls[Name]['params'], Calls[Name]['view']>;

function asJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}

/** What every call is told: who asks for what, when, and what was said since. */
function situation(facts: FactSheet): JsonObject {
  const { input } = facts;
  const task = facts.tasks.find((each) => each.id === input['taskId']);
  return {
    // To the hour: no plan is finer, and the same question asked twice can be answered from the cache.
    now: `${facts.now.slice(0, 13)}:00:00.000Z`,
    time_zone: facts.timeZone,
    intent: input['userPrompt'] ?? task?.title ?? facts.project?.name ?? '',
    context: input['context'] ?? null,
    answers: asJson(facts.answers),
    added_context: facts.addedContext,
    rejections: asJson(facts.rejections),
    user_context: asJson(facts.userContext),
  };
}

/** Existing tasks that this plan may take up: the project's own and those of none. Another project's stay where they are. */
function ownTasks(facts: FactSheet): FactSheet['tasks'] {
  return facts.tasks.filter(
    (task) => task.projectId === null || task.projectId === facts.project?.id || task.id === facts.input['taskId'],
  );
}

function records(facts: FactSheet): JsonObject {
  return { project: asJson(facts.project), notes: asJson(facts.notes), existing_tasks: asJson(ownTasks(facts)) };
}

function duplicates(keys: readonly string[], path: string): readonly Problem[] {
  const seen = new Set<string>();
  return keys.flatMap((key, index) => {
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [{ path: `${path}.${index}.key`, message: `"${key}" is used twice; keys are unique` }];
  });
}

// Models write a default as text; the question's own kind says what it is.
function typedDefault(question: Analysis['questions'][number]): Question['default'] {
  const { kind, default: text } = question;
  if (text === null || text.trim() === '') return null;
  if (kind === 'number') return Number.isFinite(Number(text)) ? Number(text) : null;
  if (kind === 'boolean') return text === 'true';
  if (kind === 'choice') return question.options.includes(text) ? text : null;
  if (kind === 'date') return /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : null;
  return text;
}

export const analyze: Call<'analyze', Analysis> = {
  profile: { kind: 'json', name: 'balanced' },
  maxOutputTokens: 3_000,
  temperature: 0,
  output: analysis,
  facts: ['userContext', 'project', 'notes', 'tasks', 'calendar'],
  title: () => 'Understand what is wanted',
  prompt: (facts) => ({
    instructions: [
      'You analyze what a person wants to get done, before anything is planned.',
      'Say what the outcome is, its goals, deliverables, constraints, start, deadline and the hours per week there are for it; null where nothing says so.',
      'Resolve relative dates against "now" in "time_zone".',
      'Ask at most three questions, and only about something that is missing and would change the plan. Never ask what the text, the records or the answers already say.',
      'A document that lays out its own plan needs no questions. Give a question a default when a careful assistant would assume one.',
    ].join('\n'),
    sections: { ...situation(facts), ...records(facts), calendar: asJson(facts.calendar) },
  }),
  check: (output, facts) => {
    const asked = new Set(facts.answers.map((answer) => answer.key));
    const again = output.questions.flatMap((question, index) =>
      asked.has(question.key)
        ? [{ path: `questions.${index}`, message: `"${question.key}" was answered already` }]
        : [],
    );
    const empty = output.questions.flatMap((question, index) =>
      question.kind === 'choice' && question.options.length === 0
        ? [{ path: `questions.${index}.options`, message: 'a choice needs options' }]
        : [],
    );
    const backwards = output.startDate !== null && output.deadline !== null && output.deadline < output.startDate;
    const dates = backwards ? [{ path: 'deadline', message: 'the deadline is before the start' }] : [];
    return [
      ...duplicates(
        output.questions.map((question) => question.key),
        'questions',
      ),
      ...again,
      ...empty,
      ...dates,
    ];
  },
  reasoning: (output) => [output.summary, ...output.assumptions.map((each) => `Assumed: ${each}`)].join('\n'),
  view: (output) => ({
    questions: output.questions.map((question) => ({ ...question, default: typedDefault(question) })),
  }),
};

export const planPhases: Call<'plan', Plan> = {
  profile: { kind: 'json', name: 'powerful' },
  maxOutputTokens: 4_000,
  temperature: 0,
  output: plan,
  facts: ['userContext', 'project', 'notes', 'tasks'],
  title: () => 'Lay out the phases',
  prompt: (facts) => ({
    instructions: [
      'You lay out a project as phases, in the order in which they are worked on.',
      "Where the person's text has a roadmap, milestones or steps of its own, use exactly those, with their names and order.",
      'Use keys p1, p2, … . Answer rejections: change what was objected to and keep the rest.',
    ].join('\n'),
    sections: {
      ...situation(facts),
      ...records(facts),
      'output.analyze': facts.outputs['analyze'] ?? null,
      'output.plan': facts.outputs['plan'] ?? null,
    },
  }),
  check: (output) =>
    duplicates(
      output.phases.map((phase) => phase.key),
      'phases',
    ),
  reasoning: (output) => output.reasoning,
  view: (output) => ({ phases: output.phases.map(({ key, name }) => ({ key, name })) }),
};

export const planTasks: Call<'tasks', PhaseTasks> = {
  profile: { kind: 'json', name: 'balanced' },
  maxOutputTokens: 6_000,
  temperature: 0,
  output: phaseTasks,
  facts: ['userContext', 'project', 'tasks'],
  title: ({ phase }) => `Plan the tasks of ${phase}`,
  prompt: (facts, params) => ({
    instructions: [
      'You plan the tasks of one phase of a project: the phase named in "parameters", and no other.',
      'Each task is something one person can finish, with concrete steps, a duration in minutes, a priority and the reason for both.',
      "Use the person's own tasks, names and order where the text has them. Keys are <phase>.t1, <phase>.t2, … .",
      'When an existing task is the same work, name its id in existingTaskId instead of inventing a second one; use only ids of "existing_tasks".',
    ].join('\n'),
    sections: {
      ...situation(facts),
      ...records(facts),
      parameters: params,
      'output.analyze': facts.outputs['analyze'] ?? null,
      'output.plan': facts.outputs['plan'] ?? null,
    },
  }),
  check: (output, facts, { phase }) => {
    const known = new Set(ownTasks(facts).map((task) => task.id));
    const references = output.tasks.flatMap((task, index) => {
      const id = task.existingTaskId;
      return id === null || known.has(id)
        ? []
        : [
            {
              path: `tasks.${index}.existingTaskId`,
              message: `"${id}" is no task that this plan may take up; use null or an id of existing_tasks`,
            },
          ];
    });
    const keys = output.tasks.flatMap((task, index) =>
      task.key.startsWith(`${phase}.`)
        ? []
        : [{ path: `tasks.${index}.key`, message: `"${task.key}" must start with "${phase}."` }],
    );
    return [
      ...duplicates(
        output.tasks.map((task) => task.key),
        'tasks',
      ),
      ...references,
      ...keys,
    ];
  },
  reasoning: (output) => output.tasks.map((task) => `${task.key} ${task.title}: ${task.reason}`).join('\n'),
  view: (output) => ({ tasks: output.tasks.length }),
};

function unknownKeys(output: Ordering, known: ReadonlySet<string>): readonly Problem[] {
  const ends = output.dependencies.flatMap(({ task, dependsOn }, index) => [
    { path: `dependencies.${index}.task`, key: task },
    { path: `dependencies.${index}.dependsOn`, key: dependsOn },
  ]);
  const named = output.priorities.map(({ task }, index) => ({ path: `priorities.${index}.task`, key: task }));
  return [...ends, ...named]
    .filter(({ key }) => !known.has(key))
    .map(({ path, key }) => ({ path, message: `"${key}" is no task of this plan` }));
}

export const orderTasks: Call<'dependencies', Ordering> = {
  profile: { kind: 'json', name: 'balanced' },
  maxOutputTokens: 6_000,
  temperature: 0,
  output: ordering,
  facts: [],
  title: () => 'Find dependencies and priorities',
  prompt: (facts) => ({
    instructions: [
      'You say which task needs which: "hard" when it cannot start before the other is done, "soft" when the order is only better.',
      'Use only task keys of "output.tasks". No task depends on itself, directly or through others. Give priorities only where they differ from the plan.',
    ].join('\n'),
    sections: {
      ...situation(facts),
      'output.analyze': facts.outputs['analyze'] ?? null,
      'output.plan': facts.outputs['plan'] ?? null,
      'output.tasks': asJson(
        readTasks(facts).flatMap((phase) => phase.tasks.map((task) => ({ ...task, phase: phase.key }))),
      ),
    },
  }),
  check: (output, facts) => {
    const known = new Set(readTasks(facts).flatMap((phase) => phase.tasks.map((task) => task.key)));
    const cycle = findCycle(output.dependencies);
    const cycles =
      cycle === null
        ? []
        : [{ path: 'dependencies', message: `these depend on each other in a circle: ${cycle.join(' → ')}` }];
    return [...unknownKeys(output, known), ...cycles];
  },
  reasoning: (output) =>
    output.dependencies.map((each) => `${each.task} after ${each.dependsOn} (${each.kind}): ${each.reason}`).join('\n'),
  view: (output) => ({ dependencies: output.dependencies.length }),
};

const countNames: Readonly<Record<string, string>> = {
  create_project: 'projects created',
  update_project: 'projects updated',
  create_phase: 'phases created',
  create_task: 'tasks created',
  update_task: 'existing tasks planned',
  add_dependency: 'dependencies added',
  schedule_event: 'calendar blocks written',
};

/** What was applied, refused and failed, in words. */
function appliedLines(facts: FactSheet): readonly string[] {
  const result = appliedResult.safeParse(facts.applied);
  if (!result.success) return [];
  const { counts, refused, failed } = result.data;
  const done = Object.entries(counts).map(([kind, count]) => `${count} ${countNames[kind] ?? kind}`);
  const left = refused === 0 ? [] : [`${refused} operations were refused`];
  return [...done, ...left, ...failed.map((each) => `${each.operationId} failed: ${each.error}`)];
}

export const summarize: Call<'summarize', Summary> = {
  profile: { kind: 'json', name: 'fast' },
  maxOutputTokens: 4_000,
  temperature: 0,
  output: summary,
  facts: ['project'],
  title: () => 'Explain what was done',
  prompt: (facts) => ({
    instructions: [
      'You explain to the person, in Markdown, what was planned and applied, in which order and why, what was assumed, and what did not fit.',
      'Say nothing that the sections do not say.',
    ].join('\n'),
    sections: {
      ...situation(facts),
      'output.analyze': facts.outputs['analyze'] ?? null,
      'output.plan': asJson(readPlan(facts)),
      'output.tasks': asJson(
        readTasks(facts).flatMap((phase) => phase.tasks.map((task) => ({ ...task, phase: phase.key }))),
      ),
      'output.dependencies': facts.outputs['dependencies'] ?? null,
      applied: appliedLines(facts),
      unscheduled: facts.proposalNotes
        .filter((note) => note.kind === 'unscheduled')
        .map((note) => `${note.title}: ${note.text}`),
    },
  }),
  check: () => [],
  reasoning: (output) => output.highlights.join('\n'),
  view: (output) => ({ highlights: output.highlights.slice(0, 10).map((each) => each.slice(0, 300)) }),
};
