import type { DraftTools, FactSheet } from '../../src/contract/facts.ts';
import type {
  CreateNote,
  CreateProject,
  CreateTask,
  Operation,
  ProposalDraft,
  UpdateUserContext,
} from '../../src/contract/proposal.ts';
import type { DraftContract } from '../../src/schemas/workflow-contract.ts';
import { count } from '../shared/count.ts';
import { cut } from '../shared/cut.ts';
import type { OnboardingAnalysis } from './contract.ts';
import { readMatched, readProfileOutput, readWorkOutput } from './match.ts';
import type { Matched } from './match.ts';

type Changes = UpdateUserContext['payload']['changes'];

const fields = {
  background: { title: 'Background', change: (text: string): Changes => ({ background: text }) },
  goals_overview: { title: 'Goals', change: (text: string): Changes => ({ goalsOverview: text }) },
  work_style: { title: 'How you work', change: (text: string): Changes => ({ workStyle: text }) },
  communication_style: {
    title: 'How you communicate',
    change: (text: string): Changes => ({ communicationStyle: text }),
  },
  priorities: { title: 'Priorities', change: (text: string): Changes => ({ priorities: text }) },
  focus_areas: { title: 'Focus', change: (text: string): Changes => ({ focusAreas: text }) },
  productivity_challenges: {
    title: 'What slows you',
    change: (text: string): Changes => ({ productivityChallenges: text }),
  },
  active_projects: { title: 'What you work on', change: (text: string): Changes => ({ activeProjects: text }) },
} as const;

const shownChars = 120;

function saying(quote: string): string {
  return `You said: "${quote}"`;
}

function about(
  id: string,
  title: string,
  of: { readonly quote: string; readonly changes: Changes },
): UpdateUserContext {
  return {
    id,
    kind: 'update_user_context',
    title: cut(title, shownChars),
    reason: saying(of.quote),
    requires: [],
    payload: { changes: of.changes },
  };
}

/** One operation for each thing, so that each can be refused. */
function profileOperations(facts: FactSheet): readonly UpdateUserContext[] {
  const { workingHours } = readProfileOutput(facts);
  const { fields: found, timeZone } = readMatched(facts);
  const texts = found.map(({ field, text, quote }) =>
    about(`about-${field.replaceAll('_', '-')}`, `${fields[field].title}: ${text}`, {
      quote,
      changes: fields[field].change(text),
    }),
  );
  const zone =
    timeZone === null
      ? []
      : [
          about('time-zone', `Time zone: ${timeZone.name}`, {
            quote: timeZone.quote,
            changes: { timezone: timeZone.name },
          }),
        ];
  if (workingHours === null) return [...texts, ...zone];
  const { days, from, to, quote } = workingHours;
  const hours = Object.fromEntries(days.map((day) => [day, [{ from, to }]]));
  const title = `Working hours: ${days.join(', ')} ${from}–${to}`;
  return [...texts, ...zone, about('working-hours', title, { quote, changes: { workingHours: hours } })];
}

function projectOperations({ projects }: Matched, tools: DraftTools): readonly CreateProject[] {
  return projects
    .filter((project) => project.existingId === null)
    .map(({ key, name, description, quote }, index) => ({
      id: `project-${index + 1}`,
      kind: 'create_project',
      title: `Create project "${name}"`,
      reason: saying(quote),
      requires: [],
      payload: {
        projectId: tools.newId(`project/${key}`),
        name,
        description: description === '' ? null : description,
        executiveSummary: null,
        context: null,
        startDate: null,
        endDate: null,
      },
    }));
}

function taskOperations(found: Matched, created: readonly CreateProject[], tools: DraftTools): readonly CreateTask[] {
  return found.tasks.map((task, index) => {
    const project = found.projects.find((each) => each.key === task.project);
    const made = created.find((each) => each.payload.projectId === tools.newId(`project/${task.project ?? ''}`));
    return {
      id: `task-${index + 1}`,
      kind: 'create_task',
      title: `Add task "${task.title}"${project === undefined ? '' : ` to "${project.name}"`}`,
      reason: saying(task.quote),
      requires: made === undefined ? [] : [made.id],
      payload: {
        taskId: tools.newId(`task/${index}/${task.title}`),
        title: task.title,
        description: null,
        taskSteps: null,
        priority: task.priority,
        durationMinutes: task.minutes,
        startDate: null,
        deadline: null,
        projectId: project?.existingId ?? made?.payload.projectId ?? null,
        phaseId: null,
        order: index + 1,
        parentTaskId: null,
        assignmentReason: null,
      },
    };
  });
}

function noteOperation(insights: readonly string[], tools: DraftTools): readonly CreateNote[] {
  if (insights.length === 0) return [];
  const content = insights.map((text) => `- ${text}`).join('\n');
  return [
    {
      id: 'insights',
      kind: 'create_note',
      title: 'Keep what stands out as a note',
      reason: cut(insights.join(' '), 500),
      requires: [],
      payload: {
        noteId: tools.newId('insights'),
        projectId: null,
        title: 'What stands out',
        content,
        category: 'insight',
        tags: ['onboarding'],
      },
    },
  ];
}

/** The person's profile, their projects with first tasks, and what stands out. */
export const onboardingDraft: DraftContract<OnboardingAnalysis['drafts']['onboarding']['params']> = {
  facts: ['userContext'],
  title: () => 'Put the proposal together',
  draft: (facts, _params, tools): ProposalDraft => {
    const found = readMatched(facts);
    const projects = projectOperations(found, tools);
    const operations: Operation[] = [
      ...profileOperations(facts),
      ...projects,
      ...taskOperations(found, projects, tools),
      ...noteOperation(readWorkOutput(facts).insights, tools),
    ];
    return {
      title: 'What you told about yourself and your work',
      summary: `${count(found.fields.length, 'thing')} about you, ${count(projects.length, 'new project')}, ${count(found.tasks.length, 'new task')}.`,
      operations,
      notes: found.known.map((title) => ({ kind: 'known', title, text: 'This task is there already.' })),
    };
  },
};
