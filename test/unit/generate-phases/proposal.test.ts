import { describe, expect, it } from 'vitest';
import type { TaskDetail } from '../../../src/contract/facts/task-facts.ts';
import type { Json } from '../../../src/contract/json.ts';
import { generatePhases } from '../../../workflows/generate_phases/type.ts';
import { finishedOf, workloadOf } from '../task-decomposition/support.ts';
import { layOut, ownTask, project, projectOf } from './support.ts';

const oldPhase = '0198b2f0-7f43-7b1c-9d3e-000000000001';
const emptyPhase = '0198b2f0-7f43-7b1c-9d3e-000000000002';

function asPlaceable(task: TaskDetail): Json {
  const { id, title, description, status, priority, durationMinutes: minutes, startDate, deadline, phaseId } = task;
  return { id, title, description, status, priority, minutes, startDate, deadline, phaseId };
}

describe('a proposal of phases', () => {
  const phases = [
    { id: oldPhase, name: 'Old', order: 1 },
    { id: emptyPhase, name: 'Empty', order: 2 },
  ];
  const workloadContext = {
    cancelledNeeds: [],
    phases: phases.map((phase, index) => ({ ...phase, projectId: project.id, closedTasks: index === 0 ? 2 : 0 })),
    completed: [],
  };

  it('puts its phases behind those that can not be removed', async () => {
    const facts = projectOf([ownTask('Buy paint'), ownTask('Clean the hall')], {
      project: { ...project, phases },
      workloadContext,
    });
    const { draft } = await layOut(facts, { replace: true });
    expect(draft.operations.filter(({ kind }) => kind === 'delete_phase')).toMatchObject([
      { payload: { phaseId: emptyPhase } },
    ]);
    const orders = draft.operations.flatMap((each) => (each.kind === 'create_phase' ? [each.payload.order] : []));
    expect(orders).toEqual([2, 3]);
  });

  it('says when there is more open work than was looked at', async () => {
    const tasks = [ownTask('Buy paint')];
    const workload = { projects: [], tasks, dependencies: [], blocks: [], cut: true };
    const { draft } = await layOut(projectOf([], { workload }), {});
    expect(draft.notes).toMatchObject([{ kind: 'cut' }]);
  });
});

describe('what a model is shown', () => {
  const shownOf = async (count: number): Promise<string> => {
    const tasks = Array.from({ length: count }, (_each, index) =>
      ownTask(`Task ${index}`, { description: `${index}: ${'very long '.repeat(199)}` }),
    );
    const { facts } = await layOut(projectOf(tasks.slice(0, 2)), {});
    const read = { projectId: project.id, name: 'House', phases: [], tasks: tasks.map(asPlaceable) };
    const call = generatePhases.calls['phases'];
    return JSON.stringify(call?.prompt({ ...facts, outputs: { ...facts.outputs, read } }, {}).sections['tasks']);
  };

  it('is the whole description of a few tasks', async () => {
    expect(await shownOf(3)).toContain('very long '.repeat(199));
  });

  it('stays within a prompt for a thousand tasks, each by its title', async () => {
    const shown = await shownOf(1_000);
    expect(shown.length).toBeLessThan(400_000);
    expect(shown).toContain('"title":"Task 999"');
  });
});

describe('what is missing', () => {
  const text = {
    ...project,
    description: '# Before\n- Measure the hall\n- Order the tiles\n\n# After\n- Clean the hall\n- Invite the neighbors',
  };

  it('is no work that is finished or part of a task', async () => {
    const parent = ownTask('Tiles');
    const part = ownTask('Order the tiles', { parentTaskId: parent.id });
    const finished = finishedOf('Measure the hall', { projectId: project.id });
    const facts = projectOf([], { project: text, workload: workloadOf([parent, part]), finishedTasks: [finished] });
    const { suggested } = await layOut(facts, {});
    expect(suggested).toContain('Invite the neighbors');
    expect(suggested).not.toContain('Measure the hall');
    expect(suggested).not.toContain('Order the tiles');
  });

  it('is refused where it repeats finished work', async () => {
    const finished = finishedOf('Measure the hall', { projectId: project.id });
    const { facts } = await layOut(projectOf([ownTask('Paint')], { finishedTasks: [finished] }), {});
    const again = {
      title: 'Measure the hall!',
      description: '',
      steps: [],
      minutes: 30,
      priority: 'medium',
      reason: 'x',
    };
    expect(generatePhases.calls['suggest']?.check({ tasks: [again] }, facts, { phase: 'p1' })).toMatchObject([
      { path: 'tasks.0.title' },
    ]);
  });

  it('is found in a text that has a heading twice, which makes one phase', async () => {
    const description =
      '## Hall\n- Measure the hall\n- Buy paint\n\n## Kitchen\n- Order tiles\n- Buy a sink\n\n## Hall!\n- Paint the hall';
    const { placed, suggested } = await layOut(projectOf([], { project: { ...project, description } }), {});
    expect(Object.keys(placed)).toEqual(['Hall', 'Kitchen']);
    expect(suggested).toContain('Paint the hall');
  });
});
