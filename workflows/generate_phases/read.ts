import { invalidInput } from '../../src/contract/errors.ts';
import type { FactSheet } from '../../src/contract/facts.ts';
import type { ComputationContract } from '../../src/schemas/workflow-contract.ts';
import type { GeneratePhases } from './contract.ts';
import type { ProjectRead } from './outputs.ts';
import { count } from '../shared/count.ts';

function readProjectFacts(facts: FactSheet): ProjectRead {
  const { project, workload, workloadContext } = facts;
  if (project === null) throw invalidInput([{ path: 'input.projectId', message: 'the project is not there any more' }]);
  if (project.status === 'completed' || project.status === 'cancelled') {
    const message = `"${project.name}" is ${project.status}: set it to active first`;
    throw invalidInput([{ path: 'input.projectId', message }]);
  }
  const own = (workload?.tasks ?? []).filter((task) => task.projectId === project.id);
  const ids = new Set(own.map((task) => task.id));
  const isPart = (parentId: string | null): boolean => parentId !== null && ids.has(parentId);
  const parts = own.filter((task) => isPart(task.parentTaskId));
  const finished = facts.finishedTasks.filter((task) => task.projectId === project.id);
  const closed = new Map((workloadContext?.phases ?? []).map((phase) => [phase.id, phase.closedTasks]));
  return {
    projectId: project.id,
    name: project.name,
    tasks: own
      .filter((task) => !isPart(task.parentTaskId))
      .map(({ id, title, description, status, priority, durationMinutes, startDate, deadline, phaseId }) => {
        return { id, title, description, status, priority, minutes: durationMinutes, startDate, deadline, phaseId };
      }),
    covered: [...parts, ...finished].map((task) => task.title),
    cut: workload?.cut === true,
    phases: project.phases.map((phase) => ({
      ...phase,
      staying: (closed.get(phase.id) ?? 0) + parts.filter((task) => task.phaseId === phase.id).length,
    })),
  };
}

type Spec = GeneratePhases['computations']['read'];

/** The project's open tasks and phases as they are. */
export const read: ComputationContract<ProjectRead, Spec['params'], Spec['view']> = {
  facts: ['project', 'workload', 'workloadContext', 'finishedTasks'],
  title: () => 'Read the project',
  compute: (facts) => readProjectFacts(facts),
  reasoning: ({ name, tasks, phases }) =>
    `"${name}" has ${count(tasks.length, 'open task')} to place and ${count(phases.length, 'phase')}.`,
  view: ({ tasks }) => ({ tasks: tasks.map((task) => ({ key: task.id, chars: JSON.stringify(task).length })) }),
};
