import type { DraftTools, FactSheet } from '../../src/contract/facts.ts';
import type {
  AddDependency,
  CreatePhase,
  CreateProject,
  CreateTask,
  TaskFields,
  UpdateProject,
  UpdateTask,
} from '../../src/contract/proposal.ts';
import type { PlannedTask } from './contract.ts';
import { operationIds, taskIdOf } from './identifiers.ts';
import { readAnalysis, readOrdering, readPlan, readTasks } from './outputs.ts';
import type { PlannedSchedule } from '../shared/schedule.ts';

type ProjectOperation = CreateProject | UpdateProject;
type Draft = { readonly schedule: PlannedSchedule; readonly tools: DraftTools; readonly project: ProjectOperation };

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

function dateEnd(date: string | null, tools: DraftTools): string | null {
  return date === null ? null : iso(tools.instant({ date, time: '23:59' }));
}

/** Creates the project, or brings the existing one's summary and dates up to date. */
export function projectOperation(facts: FactSheet, schedule: PlannedSchedule, tools: DraftTools): ProjectOperation {
  const { summary, deadline } = readAnalysis(facts);
  const { projectName, executiveSummary, reasoning } = readPlan(facts);
  const startDate = iso(schedule.startMs);
  const { finishMs } = schedule.result;
  const endDate = dateEnd(deadline, tools) ?? (finishMs === null ? null : iso(finishMs));
  const base = { id: 'project', reason: reasoning, requires: [] };
  if (facts.project !== null) {
    const payload = {
      projectId: facts.project.id,
      changes: { executiveSummary, ...(endDate === null ? {} : { endDate }) },
    };
    return { ...base, kind: 'update_project', title: `Update project "${facts.project.name}"`, payload };
  }
  const projectId = tools.newId('project');
  const payload = {
    projectId,
    name: projectName,
    description: summary,
    executiveSummary,
    context: null,
    startDate,
    endDate,
  };
  return { ...base, kind: 'create_project', title: `Create project "${projectName}"`, payload };
}

/** Start and end of a phase's scheduled work; without any, the project's. */
function phaseSpan(
  tasks: readonly PlannedTask[],
  schedule: PlannedSchedule,
): { readonly startDate: string; readonly endDate: string } {
  const blocks = tasks.flatMap((task) => schedule.blocksOf.get(task.key) ?? []);
  const starts = blocks.map((block) => block.startMs);
  const ends = blocks.map((block) => block.endMs);
  const startMs = starts.length > 0 ? Math.min(...starts) : schedule.startMs;
  const endMs = ends.length > 0 ? Math.max(...ends) : (schedule.result.finishMs ?? schedule.horizonEndMs);
  return { startDate: iso(startMs), endDate: iso(Math.max(startMs, endMs)) };
}

export function phaseOperations(facts: FactSheet, { schedule, tools, project }: Draft): readonly CreatePhase[] {
  const ids = operationIds(facts);
  const tasks = new Map(readTasks(facts).map((phase) => [phase.key, phase.tasks]));
  const offset = facts.project?.phases.length ?? 0;
  return readPlan(facts).phases.map((phase, index) => ({
    id: ids.phase(phase.key),
    kind: 'create_phase',
    title: `Add phase "${phase.name}"`,
    reason: phase.goal,
    requires: [project.id],
    payload: {
      phaseId: tools.newId(`phase/${phase.key}`),
      projectId: project.payload.projectId,
      name: phase.name,
      description: phase.description,
      order: offset + index + 1,
      ...phaseSpan(tasks.get(phase.key) ?? [], schedule),
    },
  }));
}

function taskFields(
  task: PlannedTask,
  draft: Draft,
  priorities: ReadonlyMap<string, PlannedTask['priority']>,
): TaskFields {
  const [first] = draft.schedule.blocksOf.get(task.key) ?? [];
  return {
    title: task.title,
    description: task.description === '' ? null : task.description,
    taskSteps: task.steps.length === 0 ? null : task.steps.map((step) => `- ${step}`).join('\n'),
    priority: priorities.get(task.key) ?? task.priority,
    durationMinutes: task.durationMinutes,
    startDate: first === undefined ? null : iso(first.startMs),
    deadline: dateEnd(task.deadline, draft.tools),
  };
}

/** New tasks, and changes of existing ones that are the same work. */
export function taskOperations(facts: FactSheet, draft: Draft): readonly (CreateTask | UpdateTask)[] {
  const ids = operationIds(facts);
  const priorities = new Map(readOrdering(facts).priorities.map((each) => [each.task, each.priority]));
  return readTasks(facts).flatMap((phase) =>
    phase.tasks.map((task, index) => {
      const phaseId = draft.tools.newId(`phase/${phase.key}`);
      const base = { id: ids.task(task.key), reason: task.reason, requires: [ids.phase(phase.key)] };
      const fields = taskFields(task, draft, priorities);
      if (task.existingTaskId !== null) {
        const { title: _kept, ...changes } = fields;
        const payload = { taskId: task.existingTaskId, changes, phaseId, order: index + 1 };
        return {
          ...base,
          kind: 'update_task',
          title: `Plan existing task "${task.title}"`,
          payload,
        } satisfies UpdateTask;
      }
      const taskId = taskIdOf(facts, task.key, draft.tools);
      const place = {
        projectId: draft.project.payload.projectId,
        phaseId,
        order: index + 1,
        parentTaskId: null,
        assignmentReason: task.reason,
      };
      return {
        ...base,
        kind: 'create_task',
        title: `Add task "${task.title}"`,
        payload: { taskId, ...fields, ...place },
      } satisfies CreateTask;
    }),
  );
}

export function dependencyOperations(facts: FactSheet, tools: DraftTools): readonly AddDependency[] {
  const ids = operationIds(facts);
  const titles = new Map(readTasks(facts).flatMap((phase) => phase.tasks.map((task) => [task.key, task.title])));
  return readOrdering(facts).dependencies.map((each, index) => ({
    id: `dependency-${index + 1}`,
    kind: 'add_dependency',
    title: `"${titles.get(each.task) ?? each.task}" after "${titles.get(each.dependsOn) ?? each.dependsOn}" (${each.kind})`,
    reason: each.reason,
    requires: [ids.task(each.task), ids.task(each.dependsOn)],
    payload: {
      taskId: taskIdOf(facts, each.task, tools),
      dependsOnId: taskIdOf(facts, each.dependsOn, tools),
      dependencyKind: each.kind,
      why: each.reason,
    },
  }));
}
