import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { saidTasks } from '../../../workflows/brain_dump/contract.ts';
import { suggestions as meetings } from '../../../workflows/calendar_analysis/contract.ts';
import { phasePlan } from '../../../workflows/generate_phases/contract.ts';
import { work } from '../../../workflows/onboarding_analysis/contract.ts';
import { plan, plannedTask } from '../../../workflows/project_planning/contract.ts';

function refusedAt(schema: z.ZodType, value: unknown): readonly string[] {
  const parsed = schema.safeParse(value);
  return parsed.success ? [] : parsed.error.issues.map((issue) => issue.path.join('.'));
}

const phase = { key: 'p1', name: 'Prepare', goal: '', description: '' };
const planned = { projectName: 'House', executiveSummary: '', phases: [phase], reasoning: '' };
const task = {
  key: 't1',
  title: 'Dig',
  description: '',
  steps: [],
  durationMinutes: 60,
  priority: 'medium',
  earliestStart: null,
  deadline: null,
  existingTaskId: null,
  reason: '',
};
const said = { key: 'p1', name: 'House', description: '', quote: 'house', confidence: 1 };
const topic = { key: 'p1', name: 'House', description: '', series: ['s1'], existingProjectId: null, reason: '' };
const told = { key: 'p1', name: 'House', description: '', quote: 'house' };

// No record can be named so, and an operation that tried would end the run; refused here, the model is asked again.
describe('a name or title of blanks', () => {
  it.each([
    { of: 'a plan', schema: plan, answer: { ...planned, projectName: ' ' }, path: 'projectName' },
    {
      of: 'a phase of it',
      schema: plan,
      answer: { ...planned, phases: [{ ...phase, name: '\t' }] },
      path: 'phases.0.name',
    },
    { of: 'a planned task', schema: plannedTask, answer: { ...task, title: '  ' }, path: 'title' },
    {
      of: 'a phase',
      schema: phasePlan,
      answer: { phases: [{ ...phase, name: ' ' }], reasoning: '' },
      path: 'phases.0.name',
    },
    {
      of: 'a dump',
      schema: saidTasks,
      answer: { projects: [{ ...said, name: ' ' }], tasks: [] },
      path: 'projects.0.name',
    },
    {
      of: 'a topic',
      schema: meetings,
      answer: { projects: [{ ...topic, name: ' ' }], leaveOut: [] },
      path: 'projects.0.name',
    },
    {
      of: 'a project that somebody tells of',
      schema: work,
      answer: { projects: [{ ...told, name: ' ' }], tasks: [], insights: [], reasoning: '' },
      path: 'projects.0.name',
    },
  ])('is refused for $of, at its field', ({ schema, answer, path }) => {
    expect(refusedAt(schema, answer)).toEqual([path]);
  });
});
